import { enterControlDirectory } from './control-directory.ts';

/** Ends the program of a job, where it still runs; its agent then says its last words. */
export function stopCommand(id: string): string {
  return `[ -z "\${ZSH_VERSION-}" ] || emulate sh
${enterControlDirectory(id)}
cd "$c" 2>/dev/null && read -r agent <pid && kill -0 "$agent" && echo 'stop all cancelled' >control`;
}
