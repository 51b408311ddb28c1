// Viewer request, dashboard: what is no file is a page of the application, which index.html shows.
function handler(event) {
  var request = event.request;
  if (request.uri.split('/').pop().indexOf('.') === -1) {
    request.uri = '/index.html';
  }
  return request;
}
