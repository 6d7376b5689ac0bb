package httpd

import "github.com/gin-gonic/gin"

// mountAdmin adds the admin API to a group behind authentication, whose errors
// are problem documents.
func (s *server) mountAdmin(router *gin.Engine, group *gin.RouterGroup) {}
