package io.fairlead.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Notices that the files a configuration was read from have other contents, by looking at them again and again. What counts
 * is what is read through their paths: it does not matter whether a file was written, replaced by another one, or is reached by a
 * symbolic link that now leads elsewhere, as where Kubernetes swaps a whole directory.
 *
 * <p>While nothing happens a look costs one question to the file system per file. Its answer (time of the last change, size,
 * identity) is trusted only if the file had been left alone for two seconds when it was last read: the clock of a file system may be
 * as coarse as that, so that a second change within one tick, to the same size, shows nowhere but in the content.
 *
 * <p>Any thread that may wait for files.
 */
public final class SourceWatch {
    private static final Duration COARSEST_TICK = Duration.ofSeconds(2);
    private static final String MISSING = "missing";

    private final Stamps stamps;
    private final InstantSource clock;
    private final Map<Path, Seen> seen = new HashMap<>();
    private final Map<Path, String> reported = new HashMap<>();
    private Map<Path, String> lastLook;
    private Set<Path> files;

    /**
     * A file as it was when it was read.
     *
     * @param stamp what the file system said of it before
     * @param content a hash
     * @param isCertain whether another content would have another stamp
     */
    private record Seen(Stamp stamp, String content, boolean isCertain) {}

    /**
     * What the file system says of a file without reading it.
     *
     * @param changedAt when, by its clock
     * @param identity tells it from one that takes its place; empty where there is no such thing
     */
    record Stamp(long size, Instant changedAt, Optional<Object> identity) {}

    /** Asks the file system. */
    @FunctionalInterface
    interface Stamps {
        Stamp of(Path file) throws IOException;
    }

    /**
     * Takes the present contents for known: made before the configuration is read, it misses nothing.
     *
     * @param files absolute paths, of files that need not be there
     */
    public SourceWatch(Set<Path> files) {
        this(files, SourceWatch::stamp, InstantSource.system());
    }

    SourceWatch(Set<Path> files, Stamps stamps, InstantSource clock) {
        this.stamps = stamps;
        this.clock = clock;
        this.files = Set.copyOf(files);
        lastLook = look();
        reported.putAll(lastLook);
    }

    /**
     * Goes on with these files. Of those that were watched already, what was known stays known, and no more; of the others the
     * present contents are.
     */
    public synchronized void watch(Set<Path> others) {
        files = Set.copyOf(others);
        seen.keySet().retainAll(files);
        reported.keySet().retainAll(files);
        look().forEach(reported::putIfAbsent);
    }

    /**
     * Looks at the files.
     *
     * @return true if some content is another one than was known, and was the same at the last look, so that it is not half
     *     written. It is known from then on: what comes of it, this is not said again. That a file has gone is such a
     *     change too
     */
    public synchronized boolean changed() {
        Map<Path, String> now = look();
        boolean settled = now.equals(lastLook);
        lastLook = now;
        if (!settled || now.equals(reported)) {
            return false;
        }
        reported.putAll(now);
        return true;
    }

    private Map<Path, String> look() {
        Map<Path, String> contents = new HashMap<>();
        for (Path file : files) {
            contents.put(file, content(file));
        }
        return contents;
    }

    private String content(Path file) {
        try {
            Stamp stamp = stamps.of(file);
            Seen before = seen.get(file);
            if (before == null || !before.isCertain() || !before.stamp().equals(stamp)) {
                boolean isCertain = stamp.changedAt().isBefore(clock.instant().minus(COARSEST_TICK));
                before = new Seen(stamp, hash(file), isCertain);
                seen.put(file, before);
            }
            return before.content();
        } catch (IOException e) {
            seen.remove(file);
            return MISSING;
        }
    }

    /** Of what the path leads to. A file's time can be set by hand; where there is one that cannot, it counts too. */
    private static Stamp stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is no file"); // and might be a pipe, which would block
        }
        Instant changedAt = attributes.lastModifiedTime().toInstant();
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(file, "unix:ctime") instanceof FileTime inode
                && inode.toInstant().isAfter(changedAt)) {
            changedAt = inode.toInstant();
        }
        return new Stamp(attributes.size(), changedAt, Optional.ofNullable(attributes.fileKey()));
    }

    private static String hash(Path file) throws IOException {
        try (InputStream stream = new DigestInputStream(Files.newInputStream(file), sha256())) {
            stream.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) stream).getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }
}
