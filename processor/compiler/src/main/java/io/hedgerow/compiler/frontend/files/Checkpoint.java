package io.hedgerow.compiler.frontend.files;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.ConstantLimits;
import io.hedgerow.compiler.graph.TensorProtos;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;

/**
 * A TensorFlow checkpoint (version 2: an index and data in one or several shards), read in Java: every length, offset
 * and checksum is checked before it is used, and no native code sees the files.
 */
public final class Checkpoint {
    private static final String OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH";
    private static final String HEADER = "";
    private static final long MAX_INDEX_BYTES = 1L << 28;

    private final Path prefix;
    private final int shards;
    private final Map<String, BundleEntryProto> entries;

    private Checkpoint(Path prefix, int shards, Map<String, BundleEntryProto> entries) {
        this.prefix = prefix;
        this.shards = shards;
        this.entries = entries;
    }

    public static Checkpoint open(Path prefix) {
        Path index = Path.of(prefix + ".index");
        if (!Files.isRegularFile(index)) {
            throw new ModelRefusedException(index + " is missing: copy the whole model directory, with its variables");
        }
        try {
            if (Files.size(index) > MAX_INDEX_BYTES) {
                throw new ModelRefusedException(
                        "%s has %d bytes; at most %d are read".formatted(index, Files.size(index), MAX_INDEX_BYTES));
            }
            Map<String, ByteString> table =
                    SortedTable.read(ByteBuffer.wrap(Files.readAllBytes(index)), index.toString());
            BundleHeaderProto header = BundleHeaderProto.parseFrom(table.getOrDefault(HEADER, ByteString.EMPTY));
            if (header.getEndianness() != BundleHeaderProto.Endianness.LITTLE) {
                throw new ModelRefusedException(index + " was written by a big-endian machine, which is not read");
            }
            Map<String, BundleEntryProto> entries = new HashMap<>();
            for (var entry : table.entrySet()) {
                if (!entry.getKey().equals(HEADER)) {
                    entries.put(entry.getKey(), BundleEntryProto.parseFrom(entry.getValue()));
                }
            }
            return new Checkpoint(prefix, header.getNumShards(), entries);
        } catch (InvalidProtocolBufferException e) {
            throw new ModelRefusedException(
                    "%s is damaged: %s; save the model again".formatted(index, e.getMessage()), e);
        } catch (IOException e) {
            throw new ModelRefusedException("%s can't be read: %s".formatted(index, e), e);
        }
    }

    public Set<String> keys() {
        return entries.keySet();
    }

    /** The saved objects, as the proto {@code TrackableObjectGraph}; empty if there are none. */
    public ByteString objectGraph() {
        BundleEntryProto entry = entries.get(OBJECT_GRAPH);
        if (entry == null) {
            return ByteString.EMPTY;
        }
        // a string: its length, a checksum of the length, and its bytes
        ByteBuffer bytes = read(OBJECT_GRAPH, entry, entry.getSize());
        try {
            long length = SortedTable.varint(bytes);
            bytes.position(bytes.position() + Integer.BYTES);
            return UnsafeByteOperations.unsafeWrap(bytes.slice(bytes.position(), Math.toIntExact(length)));
        } catch (RuntimeException e) {
            throw new ModelRefusedException(file(entry) + " is damaged: its object graph is cut short", e);
        }
    }

    /**
     * Reads a variable's value.
     *
     * @param variable the variable's name in the model, for errors
     * @throws ModelRefusedException if the checkpoint does not hold it whole, or as another type
     */
    public TensorProto read(String key, DataType type, String variable) {
        String where = "variable %s (%s in the checkpoint)".formatted(variable, key);
        BundleEntryProto entry = entries.get(key);
        if (entry == null) {
            throw new ModelRefusedException("%s is not in %s.index".formatted(where, prefix));
        }
        if (entry.getDtype() != type || TensorProtos.elementBytes(type) == 0) {
            throw new ModelRefusedException(
                    "%s is of type %s, the checkpoint holds %s: only equal, numeric types are read"
                            .formatted(where, type, entry.getDtype()));
        }
        if (entry.getSlicesCount() > 0) {
            throw new ModelRefusedException(
                    where + " is partitioned into slices: save the model without a partitioner");
        }
        Shape shape = TensorProtos.shape(entry.getShape());
        long bytes = ConstantLimits.bytes(type, shape, where);
        ByteBuffer content = read(where, entry, bytes);
        if (SortedTable.maskedChecksum(content) != entry.getCrc32C()) {
            throw new ModelRefusedException(
                    "%s: the checksum does not fit the data in %s: copy the model again".formatted(where, file(entry)));
        }
        return TensorProtos.tensor(type, shape, UnsafeByteOperations.unsafeWrap(content));
    }

    private ByteBuffer read(String where, BundleEntryProto entry, long bytes) {
        if (entry.getSize() != bytes || bytes > ConstantLimits.MAX_BYTES || entry.getOffset() < 0) {
            throw new ModelRefusedException(
                    "%s: the index gives %d bytes at %d, the shape takes %d; save the model again"
                            .formatted(where, entry.getSize(), entry.getOffset(), bytes));
        }
        Path file = file(entry);
        try (FileChannel channel = FileChannel.open(file)) {
            if (entry.getOffset() > channel.size() - bytes) {
                throw new EOFException("%s needs %d bytes at %d, the file has %d"
                        .formatted(where, bytes, entry.getOffset(), channel.size()));
            }
            ByteBuffer content = ByteBuffer.allocate((int) bytes);
            channel.position(entry.getOffset());
            while (content.hasRemaining()) {
                if (channel.read(content) < 0) {
                    throw new EOFException(where + " ends early");
                }
            }
            return content.flip();
        } catch (NoSuchFileException e) {
            throw new ModelRefusedException(
                    file + " is missing: copy the whole model directory, with its variables", e);
        } catch (IOException e) {
            throw new ModelRefusedException(
                    "%s can't be read: %s; copy the model again".formatted(file, e.getMessage()), e);
        }
    }

    private Path file(BundleEntryProto entry) {
        return Path.of("%s.data-%05d-of-%05d".formatted(prefix, entry.getShardId(), shards));
    }
}
