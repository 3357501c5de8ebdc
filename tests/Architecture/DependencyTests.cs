namespace Granary.Architecture.Tests;

/// <summary>
/// Dependencies point one way: Abstractions, Specs and Protocol stand alone; Grains builds on the first two, the silo composes,
/// the trainer knows no grain, and the programs for people know contracts only.
/// </summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, Allowance> Allowed = new(StringComparer.Ordinal)
    {
        ["Granary.Abstractions"] = new([], ["UsesOrleans"]),
        ["Granary.Specs"] = new([], []),
        ["Granary.Protocol"] = new([], ["UsesGrpc"]),
        ["Granary.Grains"] = new(["Granary.Abstractions", "Granary.Specs"], ["UsesOrleans"]),
        ["Granary.Silo"] = new(
            ["Granary.Abstractions", "Granary.Grains", "Granary.Protocol", "Granary.Specs"],
            ["UsesOrleans", "UsesGrpc", "UsesPrometheusExporter"]),
        ["Granary.Trainer"] = new(["Granary.Protocol", "Granary.Specs"], ["UsesTorchSharp", "UsesGrpc"]),
        ["Granary.Dashboard"] = new(
            ["Granary.Abstractions", "Granary.Protocol", "Granary.Specs"],
            ["UsesOrleans", "UsesGrpc", "UsesPrometheusExporter"]),
        ["Granary.Cli"] = new(["Granary.Abstractions", "Granary.Protocol", "Granary.Specs"], ["UsesOrleans", "UsesGrpc"]),
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

    // The packages that Upstream.targets chooses; naming one elsewhere would tie a project to one package set.
    private static readonly string[] Switched =
        ["Microsoft.Orleans.", "TorchSharp", "Grpc.Core.Api", "Grpc.Net.", "Grpc.AspNetCore", "OpenTelemetry.Exporter.Prometheus"];

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
    public void Projects_InSrc_UseOnlyTheApisOfTheirLayer()
    {
        var violations =
            from project in Repository.Projects("src")
            from api in (string[])["UsesOrleans", "UsesTorchSharp", "UsesGrpc", "UsesPrometheusExporter"]
            where project.Property(api).Length > 0 && !Allowed[project.Name].Apis.Contains(api)
            select $"{project.Path} sets {api}";

        violations.AssertNone("A project uses an API that its layer must not know.");
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

    [Fact]
    public void Projects_Everywhere_LeaveTheChoiceOfPackageSetToOneFile()
    {
        var violations =
            from project in Repository.Projects("src", "tests", "benchmarks")
            from name in project.Packages.Concat(project.References)
            where name.StartsWith("Granary.Compat.", StringComparison.Ordinal)
                || Switched.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            select $"{project.Path} references {name}; set UsesOrleans, UsesTorchSharp, UsesGrpc or UsesPrometheusExporter instead";

        violations.AssertNone("Only Upstream.targets chooses between the upstream packages and compat/.");
    }

    [Fact]
    public void Projects_InCompat_ReferenceNothingOfTheProduct()
    {
        var violations =
            from project in Repository.Projects("compat")
            from reference in project.References
            where !reference.StartsWith("Granary.Compat.", StringComparison.Ordinal)
            select $"{project.Path} references {reference}";

        violations.AssertNone("compat/ implements other people's APIs and must not know ours.");
    }

    [Theory]
    [InlineData("Orleans", "Orleans", true)]
    [InlineData("Orleans.Runtime", "Orleans", true)]
    [InlineData("OrleansLike.Runtime", "Orleans", false)]
    [InlineData("System.Orleans", "Orleans", false)]
    public void IsWithin_ComparesWholeParts(string name, string root, bool expected) => Assert.Equal(expected, IsWithin(name, root));

    private static bool IsWithin(string name, string root)
    {
        string full = name.StartsWith("global::", StringComparison.Ordinal) ? name["global::".Length..] : name;
        return full == root || full.StartsWith(root + ".", StringComparison.Ordinal);
    }

    private sealed record Allowance(string[] Projects, string[] Apis);
}
