import { useRef, useState } from 'react';

export interface TypedText {
  /** What the field shows: what is typed and not yet in force, else the setting. */
  readonly text: string;
  /** It was sent and refused, and still stands in the field. */
  readonly isRefused: boolean;
  readonly type: (text: string) => void;
  /** Has it sent, once; without effect where the setting says the same. */
  readonly send: () => void;
  /** It came into force by another way. */
  readonly settle: () => void;
}

/**
 * A text that is typed first and sent then.
 *
 * @param shown the setting that is in force
 * @param onSend resolves with whether it came into force
 * @param options.keepsRefused a refused text stays in the field, since it only lacks something that is given beside it
 */
export function useTypedText(
  shown: string,
  onSend: (text: string) => Promise<boolean>,
  { keepsRefused = false }: { readonly keepsRefused?: boolean } = {},
): TypedText {
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  // Enter sends, and so does leaving the field right after.
  const sending = useRef<string | null>(null);
  const forget = (text: string | null): void => setTyped((now) => (now === text ? null : now));

  const send = (): void => {
    if (typed === null || typed === sending.current) return;
    if (typed.trim() === shown) return setTyped(null);
    sending.current = typed;
    void onSend(typed.trim()).then((isInForce) => {
      sending.current = null;
      if (isInForce || !keepsRefused) forget(typed);
      setRefused(isInForce || !keepsRefused ? null : typed);
    });
  };
  return {
    text: typed ?? shown,
    isRefused: typed !== null && typed === refused,
    type: (text) => {
      setTyped(text);
      // Typed again it is another wish, and may be granted.
      setRefused(null);
    },
    send,
    settle: () => {
      setTyped(null);
      setRefused(null);
    },
  };
}
