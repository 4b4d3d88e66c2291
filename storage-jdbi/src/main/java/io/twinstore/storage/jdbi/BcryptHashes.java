package io.twinstore.storage.jdbi;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The bcrypt hashes of keys that earlier programs made. */
final class BcryptHashes {

    /** How many bytes of a key bcrypt looks at. */
    static final int SEEN_BYTES = 72;

    /** Of no key; what it costs to compare with it is what the old programs' hashes cost. */
    private static final Secret NOBODYS =
            Secret.of("$2b$12$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

    private static final Pattern FORM =
            Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");

    private BcryptHashes() {}

    /**
     * Returns the hash.
     *
     * @throws InvalidValueException when it is none; the message does not show it
     */
    static Secret require(Secret hash) {
        if (!FORM.matcher(hash.reveal()).matches()) {
            throw new InvalidValueException(
                    "application.importedHash",
                    "a bcrypt hash, $2a$, $2b$ or $2y$, of cost 4 to 16",
                    null);
        }
        return hash;
    }

    /**
     * Returns whether the key has this hash. Where the hash is none, or damaged, it takes as long
     * to say no.
     */
    static boolean matches(Secret key, Secret hash) {
        boolean sound = FORM.matcher(hash.reveal()).matches();
        String compared = (sound ? hash : NOBODYS).reveal();
        byte[] bytes = key.reveal().getBytes(StandardCharsets.UTF_8);
        byte[] seen = bytes.length > SEEN_BYTES ? Arrays.copyOf(bytes, SEEN_BYTES) : bytes;
        return BCrypt.verifyer().verify(seen, compared.getBytes(StandardCharsets.UTF_8)).verified
                && sound;
    }
}
