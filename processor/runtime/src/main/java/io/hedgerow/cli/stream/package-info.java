/** The commands about a cluster: run, tail, topics, schemas, dead letters, and the demo. */
@NullMarked
package io.hedgerow.cli.stream;

import org.jspecify.annotations.NullMarked;
