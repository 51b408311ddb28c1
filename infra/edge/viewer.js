// Viewer request, API: who asks, written over whatever the client says of it. Functions believe it beside the secret.
function handler(event) {
  var request = event.request;
  request.headers['x-viewer-address'] = { value: event.viewer.ip };
  return request;
}
