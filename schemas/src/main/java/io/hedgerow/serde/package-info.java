/**
 * Avro records on the wire in the framing of Confluent's serializers: a zero byte, the schema's id in the registry (4 bytes,
 * big-endian), and the record in Avro's binary encoding. {@link io.hedgerow.serde.RegistrySerde} is a plain Kafka serde, so
 * Confluent's own can take its place, and settings keep Confluent's names.
 */
@NullMarked
package io.hedgerow.serde;

import org.jspecify.annotations.NullMarked;
