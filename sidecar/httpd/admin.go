package httpd

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"sightline.example/policy"
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

	register(d, operation{
		id: "get-sidecar", method: http.MethodGet, path: api.PathSidecar,
		tag: tagSidecar, summary: "Tell how the sidecar stands",
		answer: "Whether it is cut off from its store, the revision it answers from, and the version of the rules.",
	}, d.stands)
	register(d, operation{
		id: "list-clients", method: http.MethodGet, path: api.PathClients, parameters: rosterParameters(),
		tag: tagClients, summary: "List clients",
		about:  "All conditions that are given have to hold. A list goes on where its last page ended, however clients change in between.",
		answer: "A page of those that match, and how many there are by status and mode.",
	}, d.listClients)
	mountEntity(d, api.PathClients, noun{"client", "a client", tagClients}, s.Admin.Clients())
	mountCollection(d, api.PathEmployees, noun{"employee", "an employee", tagDirectory}, s.Admin.Employees())
	mountCollection(d, api.PathGroups, noun{"group", "a group", tagDirectory}, s.Admin.Groups())
	mountCollection(d, api.PathProjects, noun{"project", "a project", tagDirectory}, s.Admin.Projects())

	register(d, operation{
		id: "list-keys", method: http.MethodGet, path: api.PathKeys, parameters: pageParameters(),
		tag: tagTeam, summary: "List keys",
		answer: "A page of them, by id. Their texts are told once only, when they are made.",
	}, d.listKeys)
	register(d, operation{
		id: "create-key", method: http.MethodPost, path: api.PathKeys, status: http.StatusCreated,
		parameters: changeParameters(), body: schemaOf[api.NewKey](d), limit: api.MaxBatch,
		tag: tagTeam, summary: "Create a key",
		about:  "For a program: an app that asks for decisions, or a script that does what an admin may do.",
		answer: "The key with its text, which is told here and never again.",
	}, d.createKey)
	register(d, operation{
		id: "delete-key", method: http.MethodDelete, path: one(api.PathKeys),
		parameters: append(changeParameters(), pathID(), ifMatch()),
		tag:        tagTeam, summary: "Delete a key",
		about:  "Whoever uses it is refused at once.",
		answer: "Nothing refers to keys, so the list is empty.",
	}, d.deleteKey)

	register(d, operation{
		id: "import", method: http.MethodPost, path: api.PathImport,
		parameters: append(changeParameters(), force(), dryRun()),
		body:       schemaOf[api.Document](d), form: directoryForm(), limit: api.MaxImport,
		time: importLimit, begin: d.beginImport,
		tag: tagDirectory, summary: "Import a directory",
		about:  "As JSON it becomes all of the directory, and of the clients if the document has any, which takes clients:write too. As tables of CSV it changes what the tables speak of. It takes effect as a whole or not at all, and no decision ever sees a part of it.",
		answer: "What changed, or would change.", errors: []policy.Code{policy.Exists, policy.DeadReference, policy.Conflict},
	}, d.importDirectory)
	mountAudit(d)

	d.mountEvents(group)
	d.mountDescription(router)
}

// noun is what an operation is about: "employee", "an employee".
type noun struct {
	name, one string
	tag       tag
}

// mountCollection adds the five operations on one kind of entity.
func mountCollection[T any](d *door, path string, n noun, c admin.Collection[T]) {
	register(d, operation{
		id: "list-" + n.name + "s", method: http.MethodGet, path: path, parameters: pageParameters(),
		tag: n.tag, summary: "List " + n.name + "s",
		answer: "A page of them, by id, each with the revision it can be replaced or deleted at.",
	}, list(c))
	mountEntity(d, path, n, c)
}

// mountEntity adds the four operations on one entity.
func mountEntity[T any](d *door, path string, n noun, c admin.Collection[T]) {
	register(d, operation{
		id: "create-" + n.name, method: http.MethodPost, path: path, status: http.StatusCreated,
		parameters: append(changeParameters(), force()), body: newSchemaOf[T](d, n.name), limit: api.MaxBatch,
		tag: n.tag, summary: "Create " + n.one,
		about:  "Without an id it gets one. Ids are never used again, not even after a deletion.",
		answer: "It, as it is stored now.", errors: []policy.Code{policy.Exists, policy.DeadReference},
	}, create(c))
	register(d, operation{
		id: "get-" + n.name, method: http.MethodGet, path: one(path), parameters: []*huma.Param{pathID()},
		tag: n.tag, summary: "Read " + n.one,
		answer: "It, at the version that ETag names.", errors: []policy.Code{policy.Conflict},
	}, get(c))
	register(d, operation{
		id: "replace-" + n.name, method: http.MethodPut, path: one(path),
		parameters: append(changeParameters(), pathID(), ifMatch(), force()), body: schemaOf[T](d), limit: api.MaxBatch,
		tag: n.tag, summary: "Replace " + n.one,
		about:  "The whole of it is replaced; what says since when there is one, and who changed it, is the sidecar's and is ignored.",
		answer: "It, as it is stored now.", errors: []policy.Code{policy.DeadReference},
	}, replace(c))
	register(d, operation{
		id: "delete-" + n.name, method: http.MethodDelete, path: one(path),
		parameters: append(changeParameters(), pathID(), ifMatch(), force()),
		tag:        n.tag, summary: "Delete " + n.one,
		about:  "The id is never used again.",
		answer: "The clients whose scopes name what is gone. They see less now, or as much, never more.",
	}, remove(c))
}

// one returns the path of one entity of a collection.
func one(collection string) string { return collection + "/{id}" }
