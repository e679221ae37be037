/** The container ended without saying how; whoever knows more makes an error for people of it. */
export class ContainerLostError extends Error {
  override readonly name: string = 'ContainerLostError';

  constructor() {
    super('the container ended without a word');
  }
}
