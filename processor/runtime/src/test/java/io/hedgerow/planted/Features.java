package io.hedgerow.planted;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a head's last layer sees of one feature map.
 *
 * @param value N x features, or N x 1 x 1 x features
 * @param answers of each feature, whether it answers to the patch
 */
@SuppressWarnings("ArrayRecordComponent")
record Features(Operand<TFloat32> value, boolean[] answers) {}
