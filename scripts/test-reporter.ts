export default class TestReporter {}
