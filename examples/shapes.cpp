// Concepts, templates, std::variant and ranges of C++20.
#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdio>
#include <numbers>
#include <ranges>
#include <variant>
#include <vector>

struct Circle {
    double radius;
    static constexpr const char* name = "circle";
    double area() const { return std::numbers::pi * radius * radius; }
};

struct Rectangle {
    double width, height;
    static constexpr const char* name = "rectangle";
    double area() const { return width * height; }
};

struct Triangle {
    double a, b, c;
    static constexpr const char* name = "triangle";
    double area() const
    {
        const double s = (a + b + c) / 2;
        return std::sqrt(s * (s - a) * (s - b) * (s - c));
    }
};

template <typename T>
concept Shape = requires(const T& shape) {
    { shape.area() } -> std::convertible_to<double>;
    { T::name } -> std::convertible_to<const char*>;
};

template <Shape... Shapes>
using Any = std::variant<Shapes...>;

using Figure = Any<Circle, Rectangle, Triangle>;

double area(const Figure& figure) { return std::visit([](const auto& shape) { return shape.area(); }, figure); }
const char* name(const Figure& figure) { return std::visit([](const auto& shape) { return shape.name; }, figure); }

int main()
{
    std::vector<Figure> figures{Circle{1.5}, Rectangle{2, 3.5}, Triangle{3, 4, 5}, Circle{0.5}, Rectangle{1, 1}};
    std::ranges::sort(figures, std::ranges::greater{}, area);

    const auto large = [](const Figure& figure) { return area(figure) > 1; };
    for (const Figure& figure : figures | std::views::filter(large))
        std::printf("%10s %6.2f\n", name(figure), area(figure));

    double total = 0;
    for (const double part : figures | std::views::transform(area)) total += part;
    std::printf("%10s %6.2f\n", "all", total);
}
