package io.hedgerow.compiler.frontend;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes one thing, somewhere in a proto, that leaves it a proto. */
final class ProtoMutator {
    private static final long[] NUMBERS = {
        0, 1, -1, 2, 7, 64, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private final RandomGenerator random;
    private final List<String> words;

    /**
     * @param words strings to put in the place of others, such as names of nodes and operations
     */
    ProtoMutator(RandomGenerator random, List<String> words) {
        this.random = random;
        this.words = words;
    }

    <M extends Message> M mutate(M message) {
        Message.Builder builder = message.toBuilder();
        change(builder);
        @SuppressWarnings("unchecked")
        M mutated = (M) builder.build();
        return mutated;
    }

    private void change(Message.Builder builder) {
        List<FieldDescriptor> set = new ArrayList<>(builder.getAllFields().keySet());
        // mostly what is there, now and then a field that was empty
        List<FieldDescriptor> fields = set.isEmpty() || random.nextInt(12) == 0
                ? builder.getDescriptorForType().getFields()
                : set;
        if (fields.isEmpty()) {
            return;
        }
        FieldDescriptor field = fields.get(random.nextInt(fields.size()));
        if (random.nextInt(20) == 0) {
            builder.clearField(field);
        } else if (field.isRepeated()) {
            changeRepeated(builder, field);
        } else {
            builder.setField(field, changed(field, builder.getField(field)));
        }
    }

    private void changeRepeated(Message.Builder builder, FieldDescriptor field) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < builder.getRepeatedFieldCount(field); i++) {
            values.add(builder.getRepeatedField(field, i));
        }
        int at = values.isEmpty() ? 0 : random.nextInt(values.size());
        int kind = values.isEmpty() ? 3 : random.nextInt(10);
        switch (kind) {
            case 0 -> values.remove(at);
            case 1 -> values.add(values.get(at));
            case 2 -> Collections.swap(values, at, random.nextInt(values.size()));
            case 3 -> values.add(fresh(builder, field));
            default -> values.set(at, changed(field, values.get(at)));
        }
        builder.clearField(field);
        values.forEach(value -> builder.addRepeatedField(field, value));
    }

    private Object fresh(Message.Builder builder, FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                ? builder.newBuilderForField(field).build()
                : scalar(field, field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING ? ByteString.EMPTY : "");
    }

    private Object changed(FieldDescriptor field, Object value) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return scalar(field, value);
        }
        Message.Builder inner = ((Message) value).toBuilder();
        change(inner);
        return inner.build();
    }

    private Object scalar(FieldDescriptor field, Object value) {
        long number = random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt(-3, 300);
        return switch (field.getJavaType()) {
            case INT -> (int) number;
            case LONG -> number;
            case FLOAT -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> Double.longBitsToDouble(random.nextLong());
            case BOOLEAN -> random.nextBoolean();
            case STRING -> words.get(random.nextInt(words.size()));
            case BYTE_STRING -> bytes((ByteString) value);
            case ENUM -> enumValue(field);
            case MESSAGE -> throw new IllegalStateException("messages are changed inside");
        };
    }

    private EnumValueDescriptor enumValue(FieldDescriptor field) {
        List<EnumValueDescriptor> values = field.getEnumType().getValues();
        return values.get(random.nextInt(values.size()));
    }

    private ByteString bytes(ByteString value) {
        if (value.isEmpty() || random.nextInt(4) == 0) {
            byte[] fresh = new byte[random.nextInt(64)];
            random.nextBytes(fresh);
            return ByteString.copyFrom(fresh);
        }
        if (random.nextBoolean()) {
            return value.substring(0, random.nextInt(value.size()));
        }
        byte[] changed = value.toByteArray();
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        return ByteString.copyFrom(changed);
    }
}
