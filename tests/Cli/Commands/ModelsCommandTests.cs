using System.Text.Json;
using Granary.Specs;

namespace Granary.Cli.Tests.Commands;

public sealed class ModelsCommandTests
{
    private readonly Terminal _terminal = new();

    [Fact]
    public async Task Models_AsATable_HasOneLinePerNetwork()
    {
        int exitCode = await _terminal.RunAsync("models");

        Assert.Equal(0, exitCode);
        string[] lines = _terminal.Output.Split('\n');
        Assert.All(
            ModelCatalog.All,
            model => Assert.Single(lines, line => line.TrimStart().StartsWith(model.Name + " ", StringComparison.Ordinal)));
        // The reference layout of LeNet-5 with ReLU: LeCun et al. 1998 with padding 2 has 61,706 learned numbers.
        Assert.Contains(lines, line => line.Contains("lenet-relu ", StringComparison.Ordinal)
            && line.Contains("1x28x28", StringComparison.Ordinal)
            && line.Contains("61,706", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Models_AsJson_IsTheWholeCatalog()
    {
        int exitCode = await _terminal.RunAsync("models", "--json");

        Assert.Equal(0, exitCode);
        using JsonDocument document = JsonDocument.Parse(_terminal.Output);
        JsonElement[] models = [.. document.RootElement.EnumerateArray()];
        Assert.Equal(ModelCatalog.All.Select(model => model.Name), models.Select(model => model.GetProperty("name").GetString()));
        Assert.Equal(
            ModelCatalog.All.Select(model => model.Parameters),
            models.Select(model => model.GetProperty("parameters").GetInt64()));
        Assert.All(models, model => Assert.True(model.GetProperty("fixed-size").ValueKind is JsonValueKind.True or JsonValueKind.False));
    }
}
