// A pipeline of goroutines: numbers go in, several workers factor them, and the answers come out in order.
package main

import (
	"fmt"
	"strings"
	"sync"
)

type job struct {
	position, number int
}

type answer struct {
	position int
	text     string
}

func factors(number int) []string {
	var found []string
	for divisor := 2; divisor*divisor <= number; divisor++ {
		for number%divisor == 0 {
			found = append(found, fmt.Sprint(divisor))
			number /= divisor
		}
	}
	if number > 1 {
		found = append(found, fmt.Sprint(number))
	}
	return found
}

func work(jobs <-chan job, answers chan<- answer) {
	for next := range jobs {
		text := fmt.Sprintf("%12d = %s", next.number, strings.Join(factors(next.number), " * "))
		answers <- answer{next.position, text}
	}
}

func main() {
	numbers := []int{360, 1001, 65537, 999999, 1234567, 600851475143, 1<<31 - 1}
	jobs := make(chan job)
	answers := make(chan answer)

	var workers sync.WaitGroup
	for i := 0; i < 4; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			work(jobs, answers)
		}()
	}
	go func() {
		for position, number := range numbers {
			jobs <- job{position, number}
		}
		close(jobs)
		workers.Wait()
		close(answers)
	}()

	lines := make([]string, len(numbers))
	for done := range answers {
		lines[done.position] = done.text
	}
	fmt.Println(strings.Join(lines, "\n"))
}
