package io.twinstore.storage;

import java.nio.file.Path;

/**
 * What the upgrade of a legacy file did.
 *
 * @param layout what the file was: {@code v1}, {@code v1-opened-by-v2}, {@code v2} or {@code v3}
 * @param file the upgraded file, where the old one was
 * @param backup the old file, unchanged, under its new name beside the upgraded one
 * @param sessions the sessions that the old file had; all of them are in the new one
 * @param messages the elements of their transcripts
 * @param participants the owners that became participants
 * @param configs the configs, those included that were made where the old file had none
 * @param users the users
 * @param applications the applications
 * @param settings the settings
 * @param residue the cells of the old file whose bytes are kept beside, since what stands for them
 *     in the new one does not say the same to the byte
 */
public record Upgraded(
        String layout,
        Path file,
        Path backup,
        long sessions,
        long messages,
        long participants,
        long configs,
        long users,
        long applications,
        long settings,
        long residue) {}
