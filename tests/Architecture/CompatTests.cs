using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Granary.Architecture.Tests;

/// <summary>compat/ shows the upstream namespaces and nothing else, and says what it covers.</summary>
public sealed class CompatTests
{
    private static readonly Dictionary<string, string[]> UpstreamNamespaces = new(StringComparer.Ordinal)
    {
        ["compat/Orleans"] = ["Orleans", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.DependencyInjection"],
        ["compat/TorchSharp"] = ["TorchSharp"],
        ["compat/Grpc"] = ["Grpc", "Microsoft.AspNetCore.Builder", "Microsoft.Extensions.DependencyInjection"],
        ["compat/PrometheusExporter"] = ["OpenTelemetry", "Microsoft.AspNetCore.Builder"],
    };

    [Fact]
    public void PublicTypes_OfCompat_AreInUpstreamsNamespaces()
    {
        var violations =
            from folder in UpstreamNamespaces
            from file in Repository.CSharp(folder.Key)
            from type in file.All<MemberDeclarationSyntax>()
            where type is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
                && type.Parent is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax
                && type.Modifiers.Any(SyntaxKind.PublicKeyword)
            let name = (type.Parent as BaseNamespaceDeclarationSyntax)?.Name.ToString() ?? "(none)"
            where !folder.Value.Any(root => name == root || name.StartsWith(root + ".", StringComparison.Ordinal))
            select $"{file.At(type)} is in {name}";

        violations.AssertNone("A public type of compat/ is in a namespace that upstream does not have.");
    }

    [Fact]
    public void Folders_OfCompat_AreTheFourWithAReadme()
    {
        string[] folders = [.. Repository.Projects("compat").Select(project => project.Folder)];

        Assert.Equal(UpstreamNamespaces.Keys.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
        folders.Where(folder => !Repository.Exists($"{folder}/README.md"))
            .AssertNone("A compat folder lacks the README.md that says what it covers and where it differs.");
    }
}
