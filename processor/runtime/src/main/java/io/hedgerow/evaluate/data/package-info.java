/**
 * Annotated pictures as people have them: COCO, Pascal VOC, ImageNet localisation, labelme, YOLO, folders with masks. Every reader
 * lists its pictures first and reads geometry only of those that were selected; what is wrong with a picture or an annotation is a
 * {@link io.hedgerow.evaluate.data.BadDataException} with a reason that is counted, never a reason to stop.
 */
@NullMarked
package io.hedgerow.evaluate.data;

import org.jspecify.annotations.NullMarked;
