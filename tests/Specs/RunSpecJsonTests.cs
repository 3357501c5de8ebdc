using System.Text.Json;
using System.Text.Json.Nodes;

namespace Granary.Specs.Tests;

public sealed class RunSpecJsonTests
{
    // What tells a run from all others, so that no version wrote one without it.
    private static readonly string[] Needed =
    [
        "$.data", "$.data.set", "$.model", "$.model.name", "$.train", "$.train.learning-rate", "$.resources", "$.objective", "$.objective.metric",
        "$.objective.maximize",
    ];

    [Fact]
    public void Read_WithoutOneMember_HasThatMembersDefault()
    {
        RunSpec run = Run();
        string[] paths = [.. Paths(Node(run), "$")];

        Assert.All(paths.Except(Needed), path => Assert.Equal((path, run), (path, RunSpecJson.Read(Without(run, path)))));
        // Among them numbers that are not zero by default, in every section that has such.
        Assert.Superset(
            new HashSet<string> { "$.train.epsilon", "$.train.init", "$.data.batch", "$.model.width", "$.parallel", "$.parallel.silence" },
            paths.ToHashSet());
    }

    [Theory]
    [InlineData("$.data.set")]
    [InlineData("$.objective.maximize")]
    [InlineData("$.train")]
    public void Read_WithoutWhatHasNoDefault_SaysWhatIsMissing(string path) => Assert.Contains(
        $"'{path.Split('.')[^1]}'", Assert.Throws<JsonException>(() => RunSpecJson.Read(Without(Run(), path))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_UnknownMember_SaysWhich()
    {
        JsonNode json = Node(Run());
        json["train"]!["epocs"] = 3;

        Assert.Contains("epocs", Assert.Throws<JsonException>(() => RunSpecJson.Read(json.ToJsonString())).Message, StringComparison.Ordinal);
    }

    private static RunSpec Run() => RunResolver.Resolve(
        SweepFile.Read(
            """
            name: plain
            model: lenet-relu
            data: { set: fashion-mnist }
            train: { lr: 0.1 }
            search: { space: { lr: [0.1, 0.2] } }
            """,
            "plain.yaml").Spec!,
        new Dictionary<string, string> { ["lr"] = "0.1" });

    private static JsonNode Node(RunSpec run) => JsonNode.Parse(RunSpecJson.Write(run))!;

    private static IEnumerable<string> Paths(JsonNode node, string path) => node is not JsonObject members
        ? []
        : members.SelectMany(member => Paths(member.Value!, $"{path}.{member.Key}").Prepend($"{path}.{member.Key}"));

    private static string Without(RunSpec run, string path)
    {
        JsonNode json = Node(run);
        string[] names = path.Split('.')[1..];
        JsonObject holder = names[..^1].Aggregate(json, (node, name) => node[name]!).AsObject();
        Assert.True(holder.Remove(names[^1]));
        return json.ToJsonString();
    }
}
