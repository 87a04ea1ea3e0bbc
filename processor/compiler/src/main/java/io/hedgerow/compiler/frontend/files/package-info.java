/** A SavedModel's files: the proto, the checkpoint's index and shards. */
@NullMarked
package io.hedgerow.compiler.frontend.files;

import org.jspecify.annotations.NullMarked;
