/** Where an index is: a folder of this machine, or something that only LanceDB can reach. */
import { fileURLToPath } from "node:url";

/** The folder of a local index, or null for `s3://`, `gs://`, `az://`, `db://`, …. */
export function localFolder(uri: string): string | null {
  if (uri.startsWith("file:")) return fileURLToPath(uri);
  // A single letter before the colon is a drive of Windows.
  return /^[a-z][a-z0-9+.-]+:/iu.test(uri) ? null : uri;
}

/** Whether tables are asked of LanceDB Cloud or Enterprise instead of being files that this process reads. */
export function isRemote(uri: string): boolean {
  return uri.startsWith("db://");
}

/** The address as it may be shown: without user, password and query. */
export function shownUri(uri: string): string {
  return uri.replace(/\/\/[^/@]*@/u, "//").replace(/\?.*$/u, "");
}
