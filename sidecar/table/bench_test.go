package table_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/table"
)

// company returns tables of as many employees, each in one group and on one
// project, with ids as UUIDs are long.
func company(employees int) map[string][]byte {
	files := map[string]*bytes.Buffer{
		table.Employees: {}, table.Groups: {}, table.Projects: {}, table.Memberships: {},
	}
	id := func(kind byte, i int) string { return fmt.Sprintf("%c%07d-8f14-4e45-a6e0-5f6b2c3d4e5f", kind, i) }
	fmt.Fprintln(files[table.Employees], "Employee ID,Full name,E-mail")
	fmt.Fprintln(files[table.Groups], "id,name")
	fmt.Fprintln(files[table.Projects], "Project code,Project")
	fmt.Fprintln(files[table.Memberships], "Employee ID,Team,Project code")
	for i := range employees/100 + 1 {
		fmt.Fprintf(files[table.Groups], "%s,Group %d\n", id('g', i), i)
		fmt.Fprintf(files[table.Projects], "%s,Project %d\n", id('b', i), i)
	}
	for i := range employees {
		fmt.Fprintf(files[table.Employees], "%s,\"Doe, Jane %d\",jane.doe.%d@example.com\n", id('e', i), i, i)
		fmt.Fprintf(files[table.Memberships], "%s,Group %d,\n", id('e', i), i%(employees/100+1))
		fmt.Fprintf(files[table.Memberships], "%s,,%s\n", id('e', i), id('b', i%(employees/100+1)))
	}
	all := map[string][]byte{}
	for name, file := range files {
		all[name] = file.Bytes()
	}
	return all
}

// BenchmarkDirectory reads 200,000 employees with 400,000 memberships.
//
//	go test -run '^$' -bench Directory -benchmem ./sidecar/table
func BenchmarkDirectory(b *testing.B) {
	files := company(200_000)
	size := 0
	for _, file := range files {
		size += len(file)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		sheets := table.Sheets{}
		for name, file := range files {
			sheet, err := table.Read(name, io.LimitReader(bytes.NewReader(file), 1<<40))
			if err != nil {
				b.Fatal(err)
			}
			sheets[name] = sheet
		}
		d, report := table.Directory(sheets, nil, policy.Directory{})
		if err := report.Err(); err != nil || len(d.Employees) != 200_000 {
			b.Fatal(err, len(d.Employees), report.Faults[:3])
		}
	}
}
