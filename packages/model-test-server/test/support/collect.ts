export interface ServerEvent {
  readonly event: string | null;
  readonly data: string;
}

/** The events of a stream, in order. */
export function parseEvents(text: string): readonly ServerEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => ({
      event: /^event: (.*)$/mu.exec(block)?.[1] ?? null,
      data: /^data: (.*)$/mu.exec(block)?.[1] ?? '',
    }));
}
