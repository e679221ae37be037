/** What a request asks for, under the names of the published descriptions. */
export type Operation = ControlOperation | ToolboxOperation | 'unknown';

export type ControlOperation =
  | 'createSandbox'
  | 'listSandboxes'
  | 'getSandbox'
  | 'deleteSandbox'
  | 'startSandbox'
  | 'stopSandbox'
  | 'replaceLabels'
  | 'setAutostopInterval'
  | 'setAutoArchiveInterval'
  | 'setAutoDeleteInterval'
  | 'updateNetworkSettings'
  | 'updateLastActivity'
  | 'getToolboxProxyUrl'
  | 'getCurrentApiKey'
  | 'getConfig'
  | 'createSnapshot'
  | 'getAllSnapshots'
  | 'getSnapshot'
  | 'removeSnapshot'
  | 'getSnapshotBuildLogsUrl'
  | 'streamSnapshotBuildLogs';

export type ToolboxOperation =
  | 'executeCommand'
  | 'uploadFiles'
  | 'uploadFile'
  | 'downloadFiles'
  | 'downloadFile'
  | 'listFiles'
  | 'getFileInfo'
  | 'deleteFile'
  | 'createFolder'
  | 'getWorkDir'
  | 'getUserHomeDir'
  | 'getProjectDir'
  | 'getVersion';
