using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Granary.Architecture.Tests;

/// <summary>One C# file, parsed.</summary>
/// <param name="Path">Relative to the repository's root.</param>
/// <param name="Text">What it says.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<CompilationUnitSyntax> _unit = new(
        () => CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot());

    public CompilationUnitSyntax Unit => _unit.Value;

    public static SourceFile Load(string path) => new(path, Repository.Read(path));

    /// <summary>The nodes of a kind.</summary>
    public IEnumerable<T> All<T>()
        where T : SyntaxNode
        => Unit.DescendantNodes().OfType<T>();

    /// <summary>The namespaces that the file opens, global usings and aliases included.</summary>
    public IEnumerable<string> Usings => All<UsingDirectiveSyntax>().Select(directive => directive.NamespaceOrType.ToString());

    /// <summary>Names with dots that stand where a type or a namespace does, such as <c>Grpc.Core.Status</c>.</summary>
    public IEnumerable<string> QualifiedNames
        => from name in All<QualifiedNameSyntax>()
           where name.Parent is not (QualifiedNameSyntax or BaseNamespaceDeclarationSyntax)
           select name.ToString();

    /// <summary><c>path:line</c> of a node, for a message.</summary>
    public string At(SyntaxNode node) => At(node.GetLocation());

    /// <summary><c>path:line</c> of a token, for a message.</summary>
    public string At(Location location) => $"{Path}:{location.GetLineSpan().StartLinePosition.Line + 1}";
}
