/** A seccomp filter for this machine's processor, as bubblewrap takes it. Null where the processor is not known. */
export function seccompFilter(): Buffer | null {
  return null;
}
