package main

func Example() {
	main()
	// Output:
	// kept: 1
	// kept: 1
	// kept: 2
	// kept: 1
	// kept: 1
	// kept: 1
	// site_visit ecology 5
	// 37
}
