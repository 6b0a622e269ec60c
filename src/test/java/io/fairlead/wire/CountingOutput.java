package io.fairlead.wire;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what went through, in steps that are small enough to see where it stopped. */
final class CountingOutput extends FilterOutputStream {
    private static final int STEP = 1 << 13;

    private final AtomicLong count;

    CountingOutput(OutputStream out, AtomicLong count) {
        super(out);
        this.count = count;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += STEP) {
            int step = Math.min(STEP, length - done);
            out.write(bytes, offset + done, step);
            count.addAndGet(step);
        }
    }
}
