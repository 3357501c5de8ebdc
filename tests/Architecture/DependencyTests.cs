namespace Granary.Architecture.Tests;

/// <summary>
/// Dependencies point one way: Abstractions, Specs and Protocol stand alone; Grains builds on the first two, the silo composes,
/// the trainer knows no grain, and the programs for people know contracts only.
/// </summary>
public sealed class DependencyTests
{
    // Packages of the engine whose choice is a layer's: who may have grains, tensors, a wire, an exporter.
    private static readonly string[] Engine = ["Microsoft.Orleans.", "TorchSharp", "libtorch-", "Grpc.", "Google.Protobuf", "OpenTelemetry"];

    private static readonly Dictionary<string, Allowance> Allowed = new(StringComparer.Ordinal)
    {
        ["Granary.Abstractions"] = new([], ["Microsoft.Orleans.Sdk"]),
        ["Granary.Specs"] = new([], []),
        ["Granary.Protocol"] = new([], ["Google.Protobuf", "Grpc.Core.Api", "Grpc.Tools"]),
        ["Granary.Grains"] = new(["Granary.Abstractions", "Granary.Specs"], ["Microsoft.Orleans.Runtime", "Microsoft.Orleans.Sdk"]),
        ["Granary.Silo"] = new(
            ["Granary.Abstractions", "Granary.Grains", "Granary.Protocol", "Granary.Specs"],
            ["Microsoft.Orleans.Server", "Microsoft.Orleans.Clustering.*", "Grpc.AspNetCore*", "OpenTelemetry*"]),
        ["Granary.Trainer"] = new(
            ["Granary.Protocol", "Granary.Specs"],
            ["TorchSharp", "TorchSharp-cuda-linux", "libtorch-cpu-linux-x64", "Grpc.AspNetCore", "Grpc.Net.Client"]),
        ["Granary.Dashboard"] = new(
            ["Granary.Abstractions", "Granary.Protocol", "Granary.Specs"],
            ["Microsoft.Orleans.Client", "Grpc.Net.Client", "OpenTelemetry*"]),
        ["Granary.Cli"] = new(["Granary.Abstractions", "Granary.Protocol", "Granary.Specs"], ["Grpc.Net.Client"]),
    };

    // What a project must not even name: the API, or the layer, that it is kept apart from.
    private static readonly Dictionary<string, string[]> Unspeakable = new(StringComparer.Ordinal)
    {
        ["src/Abstractions"] = ["TorchSharp", "Grpc", "Granary.V1", "Granary.Grains", "Granary.Silo", "Granary.Trainer", "Microsoft.Data"],
        ["src/Specs"] = ["Orleans", "TorchSharp", "Grpc", "Granary.V1", "Granary.Grains", "Granary.Silo", "Granary.Trainer"],
        ["src/Grains"] = ["TorchSharp", "Grpc", "Granary.V1", "Granary.Silo", "Granary.Trainer", "Microsoft.AspNetCore", "Microsoft.Data"],
        ["src/Silo"] = ["TorchSharp", "Granary.Trainer", "Granary.Cli", "Granary.Dashboard"],
        ["src/Trainer"] = ["Orleans", "Granary.Grains", "Granary.Silo", "Granary.Cli", "Granary.Dashboard"],
        ["src/Dashboard"] = ["TorchSharp", "Granary.Grains", "Granary.Silo", "Granary.Trainer", "Granary.Cli"],
        ["src/Cli"] = ["TorchSharp", "Granary.Grains", "Granary.Silo", "Granary.Trainer", "Granary.Dashboard"],
    };

    [Fact]
    public void Projects_InSrc_ReferenceOnlyWhatTheirLayerMay()
    {
        var violations =
            from project in Repository.Projects("src")
            from reference in project.References
            where !Allowed[project.Name].Projects.Contains(reference)
            select $"{project.Path} references {reference}; it may reference: {string.Join(", ", Allowed[project.Name].Projects)}";

        violations.AssertNone("A project references one that its layer must not know.");
    }

    [Fact]
    public void Projects_InSrc_ReferenceOnlyTheEnginesPackagesOfTheirLayer()
    {
        var violations =
            from project in Repository.Projects("src")
            from package in project.Packages
            where Engine.Any(family => package.StartsWith(family, StringComparison.Ordinal))
                && !Allowed[project.Name].Packages.Any(allowed => Matches(package, allowed))
            select $"{project.Path} references {package}; of the engine it may reference: {string.Join(", ", Allowed[project.Name].Packages)}";

        violations.AssertNone("A project references a package that its layer must not know.");
    }

    [Fact]
    public void Projects_InSrc_ReferenceNoToolOfTests()
    {
        var tools = ProjectFile.Load("Directory.Packages.props").Xml.Descendants("ItemGroup")
            .Where(group => group.Attribute("Label") is not null)
            .SelectMany(group => group.Elements("PackageVersion"))
            .Select(package => package.Attribute("Include")!.Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(tools);
        Repository.Projects("src")
            .SelectMany(project => project.Packages.Where(tools.Contains).Select(package => $"{project.Path} references {package}"))
            .AssertNone("A program that people run carries a tool of the tests.");
    }

    [Fact]
    public void Sources_InSrc_DoNotNameWhatTheirLayerIsKeptApartFrom()
    {
        var violations =
            from rule in Unspeakable
            from file in Repository.CSharp(rule.Key)
            from name in file.Usings.Concat(file.QualifiedNames).Distinct()
            from forbidden in rule.Value
            where IsWithin(name, forbidden)
            select $"{file.Path} names {name}";

        violations.AssertNone("A source file names something that its layer must not know.");
    }

    [Theory]
    [InlineData("Orleans", "Orleans", true)]
    [InlineData("Orleans.Runtime", "Orleans", true)]
    [InlineData("OrleansLike.Runtime", "Orleans", false)]
    [InlineData("System.Orleans", "Orleans", false)]
    public void IsWithin_ComparesWholeParts(string name, string root, bool expected) => Assert.Equal(expected, IsWithin(name, root));

    [Theory]
    [InlineData("Grpc.AspNetCore.HealthChecks", "Grpc.AspNetCore*", true)]
    [InlineData("Grpc.AspNetCore", "Grpc.AspNetCore*", true)]
    [InlineData("TorchSharp-cuda-linux", "TorchSharp", false)]
    public void Matches_WithAStar_TakesWhatBeginsSo(string package, string allowed, bool expected) => Assert.Equal(expected, Matches(package, allowed));

    private static bool Matches(string package, string allowed) =>
        allowed.EndsWith('*') ? package.StartsWith(allowed[..^1], StringComparison.Ordinal) : package == allowed;

    private static bool IsWithin(string name, string root)
    {
        string full = name.StartsWith("global::", StringComparison.Ordinal) ? name["global::".Length..] : name;
        return full == root || full.StartsWith(root + ".", StringComparison.Ordinal);
    }

    private sealed record Allowance(string[] Projects, string[] Packages);
}
