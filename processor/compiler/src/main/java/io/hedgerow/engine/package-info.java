/**
 * TensorFlow inside the process: its native library, unpacked once per machine and user, and the start of DJL's
 * TensorFlow engine. Everything that touches {@code org.tensorflow} or DJL goes through here first.
 */
@NullMarked
package io.hedgerow.engine;

import org.jspecify.annotations.NullMarked;
