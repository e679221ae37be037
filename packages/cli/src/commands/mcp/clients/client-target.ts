import path from 'node:path';
import { invalidRequest } from '../../run/invalid-request.ts';
import type { ServersPlace } from '../entries/open-entry.ts';
import type { ClientDefinition, ClientScope } from './client-definition.ts';
import type { PlaceSurroundings } from './expand-place.ts';
import { userFile } from './find-client.ts';
import { mainProjectDirectory } from './main-project-directory.ts';

export interface ClientTarget {
  readonly path: string;
  readonly place: ServersPlace;
}

export type TargetSurroundings = PlaceSurroundings & { readonly workingDirectory: string };

/** Where in which file a client is told of a server. @throws ClocheError `ERR_REQUEST_INVALID` where it has no such scope */
export async function clientTarget(
  client: ClientDefinition,
  scope: ClientScope,
  surroundings: TargetSurroundings,
): Promise<ClientTarget> {
  const { format, extra, serversKey, projectFile, localKey } = client;
  const place = { format, extra, serversPath: [serversKey] };
  if (scope === 'user') return { path: await userFile(client, surroundings), place };
  if (scope === 'project') {
    if (projectFile === null) throw noScope(client, 'project');
    return { path: path.join(surroundings.workingDirectory, projectFile), place };
  }
  if (localKey === null) throw noScope(client, 'local');
  if (surroundings.platform === 'win32') throw unknownOnWindows();
  const directory = await mainProjectDirectory(surroundings.workingDirectory);
  return {
    path: await userFile(client, surroundings),
    place: { ...place, serversPath: [localKey, directory, serversKey] },
  };
}

function noScope({ displayName }: ClientDefinition, scope: 'project' | 'local'): Error {
  return invalidRequest(
    scope === 'project'
      ? {
          en: `${displayName} has no configuration for a single project.`,
          zh: `${displayName} 没有单个项目的配置。`,
        }
      : {
          en: `${displayName} has no configuration for one user in a single project.`,
          zh: `${displayName} 没有仅限单个用户的项目配置。`,
        },
    { en: 'Leave --scope out.', zh: '请去掉 --scope。' },
  );
}

/** How Claude Code writes the directory of a project there is not documented. */
function unknownOnWindows(): Error {
  return invalidRequest(
    {
      en: '--scope local is not written on Windows, where the client itself has to name the project.',
      zh: '--scope local 不支持在 Windows 上写入，项目须由客户端自行命名。',
    },
    {
      en: 'Let it do that: claude mcp add --scope local cloche -- cmd /c npx -y @cloche/mcp-server',
      zh: '请由客户端写入：claude mcp add --scope local cloche -- cmd /c npx -y @cloche/mcp-server',
    },
  );
}
