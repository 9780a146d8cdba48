// Package tian (提案, tí'àn: a proposal) is the map of the house.
package tian
