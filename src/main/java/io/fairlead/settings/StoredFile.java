package io.fairlead.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that can be read again and again, and at once. A pipe cannot: who opens one waits for somebody to write, maybe for ever, and
 * reloads wait behind each other. Any thread that may wait for files.
 */
public final class StoredFile {
    private StoredFile() {}

    /**
     * Opens one to be read, through symbolic links.
     *
     * @throws IOException if that cannot be, or what is there is a pipe, a socket or a device
     */
    public static InputStream open(Path path) throws IOException {
        if (Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
            throw new FileSystemException(null, null, "it is a pipe or a device (expected: a file)");
        }
        return Files.newInputStream(path);
    }
}
