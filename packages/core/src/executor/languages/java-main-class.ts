import { javaOutline } from './java-outline.ts';

/** The file name that `javac` demands for this source: the public type's name, else the main type's, else `Main.java`. */
export function javaFileName(source: string): string {
  const { types, hasMainOutside } = javaOutline(source);
  const declared = hasMainOutside
    ? undefined
    : (types.find((type) => type.isPublic) ?? types.find((type) => type.hasMain));
  return `${declared?.name ?? 'Main'}.java`;
}

/**
 * The fully qualified class to start for an entry file: the type that holds `main`, the one named
 * like the file first. A file whose `main` stands outside every type (Java 25) is its own class.
 */
export function javaMainClass(source: string, fileName: string): string {
  const { packageName, types, hasMainOutside } = javaOutline(source);
  const baseName = fileName.slice(fileName.lastIndexOf('/') + 1).replace(/\.java$/iu, '');
  const withMain = types.filter((type) => type.hasMain);
  const chosen = withMain.find((type) => type.name === baseName) ?? withMain[0];
  const className = hasMainOutside ? baseName : (chosen?.name ?? baseName);
  return packageName === null ? className : `${packageName}.${className}`;
}
