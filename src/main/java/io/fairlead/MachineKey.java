package io.fairlead;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that signs where no secret is configured: derived from the machine's id, which is random, not to be told, and the same
 * after a restart (machine-id(5)). Where there is none, as in many containers, a key is made up and lasts as long as the
 * process.
 */
final class MachineKey {
    private static final Logger LOG = LoggerFactory.getLogger(MachineKey.class);
    private static final List<Path> FILES = List.of(Path.of("/etc/machine-id"), Path.of("/var/lib/dbus/machine-id"));
    private static final String PURPOSE = "fairlead sessions ";
    private static final int ID_LENGTH = 32;
    private static final int LENGTH = 32;

    private MachineKey() {}

    /**
     * The key.
     *
     * @param needed whether anybody will sign with it; if so and it does not outlive the process, that is said
     */
    static Key find(boolean needed) {
        return find(FILES, needed);
    }

    static Key find(List<Path> files, boolean needed) {
        for (Path file : files) {
            String id = read(file);
            if (id.length() == ID_LENGTH) {
                return new SecretKeySpec((PURPOSE + id).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
            }
        }
        if (needed) {
            LOG.warn(
                    "sticky sessions end with this process, as the machine has no id: set a secret in [pools.X.sticky]");
        }
        byte[] random = new byte[LENGTH];
        new SecureRandom().nextBytes(random);
        return new SecretKeySpec(random, "HmacSHA256");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            return "";
        }
    }
}
