package httpd

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// routes is the whole route table. Middleware runs in the order it is listed.
func (s *server) routes() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.HandleMethodNotAllowed = true
	router.RedirectTrailingSlash = false
	// Gin trusts every proxy unless told otherwise.
	if err := router.SetTrustedProxies(s.TrustedProxies); err != nil {
		panic(err)
	}
	router.Use(s.headers, s.recover)
	router.NoRoute(s.noRoute)
	router.NoMethod(s.noMethod)

	router.GET(api.PathLive, s.live)
	router.GET(api.PathReady, s.ready)

	decisions := router.Group("", s.pin, s.authenticate,
		s.permit(policy.RoleApp, policy.RoleOwner, policy.RoleAdmin, policy.RoleAuditor))
	decisions.POST(api.PathEvaluation, handle(s, api.MaxBody, decodeEvaluation, s.evaluate))
	decisions.POST(api.PathEvaluations, handle(s, api.MaxBatch, decodeEvaluations, s.evaluateAll))

	if s.Portal != nil {
		s.Portal.Mount(router)
	}
	s.mountAdmin(router, router.Group("", s.problems, s.pin), router.Group("", s.problems, s.pin, s.authenticate))
	return router
}
