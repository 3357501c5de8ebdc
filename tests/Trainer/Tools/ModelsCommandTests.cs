using System.Diagnostics;
using System.Text.Json;
using Granary.Specs;

namespace Granary.Trainer.Tests.Tools;

/// <summary>Real processes of <c>models</c>.</summary>
public sealed class ModelsCommandTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Models_AsATable_HasOneLinePerNetwork()
    {
        (int code, string output, string error) = await RunAsync("models");

        Assert.True(code == 0, error);
        string[] lines = output.Split('\n');
        Assert.All(
            ModelCatalog.All, model => Assert.Single(lines, line => line.TrimStart().StartsWith(model.Name + " ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("lenet-relu ", StringComparison.Ordinal)
            && line.Contains("1x28x28", StringComparison.Ordinal)
            && line.Contains("61,706", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Models_AsJson_IsTheWholeCatalogue()
    {
        (int code, string output, string error) = await RunAsync("models", "--json");

        Assert.True(code == 0, error);
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement[] models = [.. document.RootElement.EnumerateArray()];
        Assert.Equal(ModelCatalog.All.Select(model => model.Name), models.Select(model => model.GetProperty("name").GetString()));
        Assert.Equal(ModelCatalog.All.Select(model => model.Parameters), models.Select(model => model.GetProperty("parameters").GetInt64()));
        Assert.All(models, model => Assert.True(model.GetProperty("fixed-size").ValueKind is JsonValueKind.True or JsonValueKind.False));
    }

    // LeNet of the seed text 003: 61,706 parameters; 6x28x28x25 + 16x10x10x150 + 400x120 + 120x84 + 84x10 multiply-accumulates.
    [Fact]
    public async Task Models_NetworkAsJson_HasLayersAndTotals()
    {
        (int code, string output, string error) = await RunAsync("models", "lenet", "--batch", "8", "--json");

        Assert.True(code == 0, error);
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement total = document.RootElement.GetProperty("total");
        Assert.Equal(61_706, total.GetProperty("parameters").GetInt64());
        Assert.Equal(61_706, total.GetProperty("trainable").GetInt64());
        Assert.Equal(117_600 + 240_000 + 48_000 + 10_080 + 840, total.GetProperty("macs").GetInt64());
        Assert.Equal(
            8 * 4 * ((2 * 4_704) + 1_176 + (2 * 1_600) + 400 + 400 + (2 * 120) + (2 * 84) + 10), total.GetProperty("bytes").GetInt64());
        JsonElement conv = document.RootElement.GetProperty("layers")[0];
        Assert.Equal(("conv1", "Conv2d"), (conv.GetProperty("name").GetString(), conv.GetProperty("kind").GetString()));
        Assert.Equal([8, 6, 28, 28], conv.GetProperty("output").EnumerateArray().Select(size => size.GetInt32()));
        Assert.Equal(5, conv.GetProperty("receptive-field").GetInt64());
    }

    [Fact]
    public async Task Models_NetworkWithOptions_HasThem()
    {
        (int code, string output, string error) = await RunAsync(
            "models", "resnet18", "--input", "1x64x64", "--width", "1/4", "--classes", "10", "--freeze", "body");

        Assert.True(code == 0, error);
        string[] lines = [.. output.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        Assert.Contains("conv1 Conv2d 1x16x32x32 784 frozen 802,816 64.00 KiB 7", lines);
        Assert.Contains("fc Linear 1x10 1,290 all 1,280 40 bytes 467", lines);
        Assert.Contains(lines, line => line.StartsWith("parameters ", StringComparison.Ordinal) && line.Contains(", 1,290 trainable", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("models resnet81", "there is no network 'resnet81'; did you mean 'resnet18'?")]
    [InlineData("models lenet --input 96", "--input is '96'; expected CHANNELSxHEIGHTxWIDTH such as 1x28x28. lenet takes pictures of exactly 28x28 pixels")]
    [InlineData("models lenet --input 1x96x96", "--input is 1x96x96. lenet takes pictures of exactly 28x28 pixels, of any number of channels.")]
    [InlineData("models nin --input 1x32x32", "--input is 1x32x32. nin takes pictures of at least 67x67 pixels")]
    [InlineData("models resnet18 --input 3x224x320", "--input is 3x224x320; pictures are square here")]
    [InlineData("models lenet --width wide", "--width is 'wide'; expected a number above 0 and at most 16, or a fraction such as 1/4")]
    [InlineData("models lenet --freeze conv3", "model.freeze is 'conv3', which is no stage of lenet; did you mean 'conv1'?")]
    [InlineData("models lenet --batch 0", "--batch is 0; expected a whole number from 1 to 65536")]
    [InlineData("models --input 1x28x28", "--input is about one network; expected its name: granary models NAME --input")]
    public async Task Models_WrongArguments_AreRefusedWithWhatIsExpected(string arguments, string message)
    {
        (int code, string output, string error) = await RunAsync(arguments.Split(' '));

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Equal("granary: " + message, error[..Math.Min(error.Length, message.Length + "granary: ".Length)]);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using Process process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "granary-trainer"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        string error = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output, error);
    }
}
