package io.fairlead.network;

import io.netty.channel.ServerChannel;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One process takes an address over from another without a connection lost. Both listen there (SO_REUSEPORT), and Linux would divide
 * new connections between them; those that wait at the old one's socket when it closes would be reset. So the newcomer has the kernel
 * give all of them to the socket that came second, which is its own: when the old one stops, nothing has waited there for long.
 *
 * <p>What decides is a classic BPF program of one instruction, "return 1", that is attached to the sockets of the address
 * as a group: Linux 4.5, socket(7), SO_ATTACH_REUSEPORT_CBPF. Once the old socket is gone there is no second one; the kernel then
 * falls back to its own choice among those there are. At most two processes are provided for.
 */
final class Takeover {
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_REUSEPORT_CBPF = 51;
    private static final short RETURN_CONSTANT = 0x06;
    private static final int SECOND = 1;
    private static final int INSTRUCTION_BYTES = 8;
    private static final int PROGRAM_BYTES = 16;

    private Takeover() {}

    /**
     * From now on new connections come to this socket, if it was the second one to listen at its address.
     *
     * @throws IOException if the system does not do that
     */
    static void direct(ServerChannel socket) throws IOException {
        if (!(socket instanceof UnixChannel channel) || Buffer.addressSize() != Long.BYTES) {
            throw new IOException("it takes a native transport on a machine of 64 bits");
        }
        ByteBuffer instruction = Buffer.allocateDirectWithNativeOrder(INSTRUCTION_BYTES);
        ByteBuffer program = Buffer.allocateDirectWithNativeOrder(PROGRAM_BYTES);
        try {
            instruction.putShort(0, RETURN_CONSTANT).putInt(4, SECOND);
            program.putShort(0, (short) 1).putLong(8, Buffer.memoryAddress(instruction));
            new Socket(channel.fd().intValue()).setRawOpt(SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, program);
        } finally {
            Buffer.free(program);
            Buffer.free(instruction);
        }
    }
}
