/**
 * Maps of a folder's pictures and SpRAy's groups of them as a project of ViRelAy (Anders et al., 2021), the page on which people look at
 * strategies of classifiers: pictures, attributions, embeddings and clusters in HDF5 files, with the project file that names them.
 */
@NullMarked
package io.hedgerow.monitor.virelay;

import org.jspecify.annotations.NullMarked;
