// Writes an event, or reads an explanation, with Confluent's own client:
//   node interop.mjs write REGISTRY TOPIC ID PICTURE   prints the record's value in base64
//   node interop.mjs read REGISTRY TOPIC VALUE         prints the record of that file as JSON
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const { SchemaRegistryClient, SerdeType, AvroSerializer, AvroDeserializer } = require('@confluentinc/schemaregistry');

const [action, registry, topic, ...rest] = process.argv.slice(2);
const client = new SchemaRegistryClient({ baseURLs: [registry] });

if (action === 'write') {
  const [id, picture] = rest;
  const serializer = new AvroSerializer(client, SerdeType.VALUE, { useLatestVersion: true, autoRegisterSchemas: false });
  const value = await serializer.serialize(topic, {
    id,
    time: Date.now(),
    source: 'javascript',
    model: { name: 'surface-biased', version: '1' },
    image: { 'io.hedgerow.EncodedImage': { data: readFileSync(picture), mediaType: 'image/jpeg' } },
    predictions: [],
    classes: [],
    ratio: null,
    attributes: {},
  });
  console.log(value.toString('base64'));
} else {
  const deserializer = new AvroDeserializer(client, SerdeType.VALUE, {});
  console.log(JSON.stringify(await deserializer.deserialize(topic, readFileSync(rest[0]))));
}
