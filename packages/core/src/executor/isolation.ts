/**
 * How strongly an executor holds a program, weakest first.
 *
 * - `none`: an ordinary process of this machine's user.
 * - `process`: an operating-system sandbox around a process (bubblewrap, Seatbelt).
 * - `container`: namespaces, cgroups and a seccomp profile under a container runtime (runc, crun).
 * - `user-kernel`: a kernel of its own in user space (gVisor).
 * - `microvm`: a virtual machine (Kata, Firecracker).
 *
 * What each word promises, and what it does not, stands in `docs/security.md`.
 */
export const ISOLATION_LEVELS = ['none', 'process', 'container', 'user-kernel', 'microvm'] as const;

export type Isolation = (typeof ISOLATION_LEVELS)[number];

/** Whether `actual` is the same level as `minimum` or a stronger one. */
export function isIsolationAtLeast(actual: Isolation, minimum: Isolation): boolean {
  return ISOLATION_LEVELS.indexOf(actual) >= ISOLATION_LEVELS.indexOf(minimum);
}
