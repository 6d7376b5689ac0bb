package httpd

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// mountAdmin adds the admin API to a group behind authentication, and what lets
// people in to an open one. Errors of both are problem documents. This and what
// it calls is the whole of its route table.
func (s *server) mountAdmin(router *gin.Engine, open, group *gin.RouterGroup) {
	if s.Admin == nil {
		return
	}
	config := describing()
	opened, d := s.newDoor(router, open, config), s.newDoor(router, group, config)
	if s.Desk != nil {
		mountOpen(opened)
		mountSession(d)
		mountTeam(d)
	}
	if s.Invite != nil {
		mountLinks(opened)
		d.mountInvitations()
	}
	if s.Insight != nil {
		d.mountInsight(group)
	}

	register(d, operation{id: "list-clients", method: http.MethodGet, path: api.PathClients, parameters: rosterParameters()}, d.listClients)
	mountEntity(d, api.PathClients, "client", s.Admin.Clients())
	mountCollection(d, api.PathEmployees, "employee", s.Admin.Employees())
	mountCollection(d, api.PathGroups, "group", s.Admin.Groups())
	mountCollection(d, api.PathProjects, "project", s.Admin.Projects())

	register(d, operation{id: "list-keys", method: http.MethodGet, path: api.PathKeys, parameters: pageParameters()}, d.listKeys)
	register(d, operation{
		id: "create-key", method: http.MethodPost, path: api.PathKeys, status: http.StatusCreated,
		parameters: changeParameters(), body: schemaOf[api.NewKey](d), limit: api.MaxBatch,
	}, d.createKey)
	register(d, operation{
		id: "delete-key", method: http.MethodDelete, path: one(api.PathKeys),
		parameters: append(changeParameters(), pathID(), ifMatch()),
	}, d.deleteKey)

	register(d, operation{
		id: "import", method: http.MethodPost, path: api.PathImport,
		parameters: append(changeParameters(), force(), dryRun()),
		body:       schemaOf[api.Document](d), form: directoryForm(), limit: api.MaxImport,
		time: importLimit, begin: d.beginImport,
	}, d.importDirectory)
	mountAudit(d)

	d.mountEvents(group)
	group.GET(api.PathOpenAPI, d.describe)
}

// mountCollection adds the five operations on one kind of entity.
func mountCollection[T any](d *door, path, name string, c admin.Collection[T]) {
	register(d, operation{
		id: "list-" + name + "s", method: http.MethodGet, path: path, parameters: pageParameters(),
	}, list(c))
	mountEntity(d, path, name, c)
}

// mountEntity adds the four operations on one entity.
func mountEntity[T any](d *door, path, name string, c admin.Collection[T]) {
	register(d, operation{
		id: "create-" + name, method: http.MethodPost, path: path, status: http.StatusCreated,
		parameters: append(changeParameters(), force()), body: schemaOf[T](d), limit: api.MaxBatch,
	}, create(c))
	register(d, operation{
		id: "get-" + name, method: http.MethodGet, path: one(path), parameters: []*huma.Param{pathID()},
	}, get(c))
	register(d, operation{
		id: "replace-" + name, method: http.MethodPut, path: one(path),
		parameters: append(changeParameters(), pathID(), ifMatch(), force()), body: schemaOf[T](d), limit: api.MaxBatch,
	}, replace(c))
	register(d, operation{
		id: "delete-" + name, method: http.MethodDelete, path: one(path),
		parameters: append(changeParameters(), pathID(), ifMatch(), force()),
	}, remove(c))
}

// one returns the path of one entity of a collection.
func one(collection string) string { return collection + "/{id}" }
