/** Behind the name of the file; a number follows from the second on. */
export const BACKUP_SUFFIX = '.cloche-backup';
