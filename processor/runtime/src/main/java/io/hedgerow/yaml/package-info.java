/** YAML files that people write: bound strictly to records, with errors that name the file, the line and the remedy. */
@NullMarked
package io.hedgerow.yaml;

import org.jspecify.annotations.NullMarked;
