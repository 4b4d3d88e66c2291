package io.twinstore.storage.migrate;

/**
 * One table of a backup.
 *
 * @param table its name
 * @param rows how many rows it has
 * @param sha256 the digest over all cells, with their types and lengths, in the order of the key,
 *     in hexadecimal; the same whichever database the cells came from
 */
public record BackupTable(String table, long rows, String sha256) {}
