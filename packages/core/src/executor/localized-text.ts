/** The languages in which Cloche speaks to people. Codes and JSON never change with them. */
export type Locale = 'en' | 'zh';

/** One message for people, in every language that Cloche speaks, as a command line says it. */
export interface LocalizedText extends Readonly<Record<Locale, string>> {
  /**
   * The same for a reader who has no command line, such as a model behind a server: in terms of the run (`stdin`,
   * `files`), of configuration and variables, or of a whole command for the person who runs the server. Default: the
   * texts beside it, which then must name no flag by itself.
   */
  readonly withoutFlags?: Readonly<Record<Locale, string>>;
}
