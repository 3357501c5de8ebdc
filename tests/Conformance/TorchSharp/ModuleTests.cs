using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Granary.Conformance.TorchSharp.Tests;

public sealed class ModuleTests
{
    [Fact]
    public void RegisterComponents_Fields_AreNamedAfterThem()
    {
        using var net = new Net();

        Assert.Equal(
            ["scale", "conv.weight", "conv.bias", "bn.weight", "bn.bias", "body.0.weight", "body.0.bias", "body.2.weight", "other.weight"],
            net.named_parameters().Select(entry => entry.name));
        Assert.Equal(
            ["offset", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked"],
            net.named_buffers().Select(entry => entry.name));
        Assert.Equal(["conv", "bn", "body", "other"], net.named_children().Select(entry => entry.name));
        Assert.Equal(
            ["conv", "bn", "body", "other", "body.0", "body.1", "body.2"], net.named_modules().Select(entry => entry.name));
    }

    [Fact]
    public void StateDict_Tensors_AreTheModulesOwn()
    {
        using var net = new Net();

        Dictionary<string, Tensor> state = net.state_dict();

        Assert.Equal(13, state.Count);
        Assert.Same(net.get_parameter("body.0.weight"), state["body.0.weight"]);
        Assert.Same(net.get_buffer("bn.running_mean"), state["bn.running_mean"]);
    }

    [Fact]
    public void LoadStateDict_OtherModulesState_MakesBothEqual()
    {
        manual_seed(1);
        using var first = new Net();
        using var second = new Net();
        using Tensor x = randn([4, 2, 6, 6]);
        first.eval();
        second.eval();
        Assert.False(first.call(x).Equals(second.call(x)));

        (IList<string> missing, IList<string> unexpected) = second.load_state_dict(first.state_dict());

        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.True(first.call(x).Equals(second.call(x)));
    }

    [Fact]
    public void LoadStateDict_OtherNames_IsRefusedUnlessNotStrict()
    {
        using var net = new Net();
        Dictionary<string, Tensor> state = net.state_dict();
        state.Remove("scale");
        state["extra"] = ones([1]);

        Assert.Throws<InvalidOperationException>(() => net.load_state_dict(state));
        (IList<string> missing, IList<string> unexpected) = net.load_state_dict(state, strict: false);

        Assert.Equal(["scale"], missing);
        Assert.Equal(["extra"], unexpected);
    }

    [Fact]
    public void SaveAndLoad_Stream_RestoresEveryTensor()
    {
        using var first = new Net();
        using var second = new Net();
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) first.save(writer);

        stream.Position = 0;
        second.load(stream);

        Assert.All(
            first.state_dict().Zip(second.state_dict()),
            pair => Assert.True(pair.First.Key == pair.Second.Key && pair.First.Value.Equals(pair.Second.Value)));
    }

    [Fact]
    public void Call_Hooks_SeeAndReplaceInputAndResult()
    {
        using var layer = nn.Identity();
        var order = new List<string>();
        layer.register_forward_pre_hook((_, input) =>
        {
            order.Add("before");
            return input + 1;
        });
        var remover = layer.register_forward_hook((_, input, output) =>
        {
            order.Add($"after {input.item<float>()}");
            return output * 10;
        });

        Assert.Equal(20f, layer.call(tensor(1f)).item<float>());
        Assert.Equal(["before", "after 2"], order);

        remover.remove();
        Assert.Equal(2f, layer.call(tensor(1f)).item<float>());
        Assert.Equal(1f, layer.forward(tensor(1f)).item<float>());
    }

    [Fact]
    public void Sequential_Hooks_FireForEveryModule()
    {
        using var net = nn.Sequential(("a", nn.ReLU()), ("b", nn.Flatten()), ("c", nn.Identity()));
        var seen = new List<string>();
        foreach ((string name, nn.Module module) in net.named_modules())
        {
            ((nn.Module<Tensor, Tensor>)module).register_forward_hook((_, _, output) =>
            {
                seen.Add(name);
                return output;
            });
        }

        net.call(ones([1, 2, 2])).Dispose();

        Assert.Equal(["a", "b", "c"], seen);
    }

    [Fact]
    public void TrainAndEval_Module_ReachesAllBelow()
    {
        using var net = new Net();
        Assert.True(net.training);

        net.eval();
        Assert.All(net.modules(), module => Assert.False(module.training));

        net.train();
        Assert.All(net.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void To_Double_ConvertsFloatsKeepsIntegersAndNames()
    {
        using var net = new Net();

        Net same = net.to(ScalarType.Float64);

        Assert.Same(net, same);
        Assert.All(net.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.All(net.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.is_leaf));
        Assert.Equal(ScalarType.Int64, net.get_buffer("bn.num_batches_tracked")!.dtype);
        Assert.Equal(ScalarType.Float64, net.call(randn([2, 2, 6, 6], ScalarType.Float64)).dtype);
    }

    [Fact]
    public void ZeroGrad_AfterBackward_TakesGradientsAwayOrZeroesThem()
    {
        using var layer = nn.Linear(2, 1);
        layer.call(ones([1, 2])).sum().backward();

        layer.zero_grad(set_to_none: false);
        Assert.Equal([0f, 0f], layer.weight.grad!.data<float>().ToArray());

        layer.zero_grad();
        Assert.Null(layer.weight.grad);
    }

    [Fact]
    public void Apply_Function_VisitsChildrenBeforeParents()
    {
        using var net = nn.Sequential(nn.Linear(2, 2), nn.ReLU());
        var visited = new List<string>();

        net.apply(module => visited.Add(module.GetName()));

        Assert.Equal(["Linear", "ReLU", "Sequential"], visited);
    }

    [Fact]
    public void ModuleListAndModuleDict_Items_AreNamedByPlaceAndKey()
    {
        using var holder = new Holder();

        Assert.Equal(
            ["list.0.weight", "list.1.weight", "dict.left.weight"], holder.named_parameters().Select(entry => entry.name));
    }

    [Fact]
    public void Module_CreatedInAScope_KeepsItsParametersAfterIt()
    {
        Linear layer;
        using (NewDisposeScope()) layer = nn.Linear(2, 2);

        Assert.All(layer.parameters(), parameter => Assert.False(parameter.IsInvalid));
        layer.Dispose();
        Assert.True(layer.weight.IsInvalid);
    }

    [Fact]
    public void ParameterCounts_LeNet_AreTheBooks()
    {
        // 003 of the seed notes: LeNet has 61,706 parameters.
        using var net = nn.Sequential(
            nn.Conv2d(1, 6, 5, padding: 2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10));

        Assert.Equal(61_706, net.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal([3, 10], net.call(zeros([3, 1, 28, 28])).shape);
    }

    [SuppressMessage("Style", "IDE1006", Justification = "A field's name is the name of its component, which is what is tested.")]
    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d conv = nn.Conv2d(2, 3, 3);
        private readonly BatchNorm2d bn = nn.BatchNorm2d(3);
        private readonly Sequential body = nn.Sequential(nn.Linear(48, 4), nn.ReLU(), nn.Linear(4, 2, hasBias: false));
        private readonly Parameter scale = nn.Parameter(ones([1]));
        private readonly Tensor offset = ones([1]);

        [ComponentName(Name = "other")]
        private readonly Linear _renamed = nn.Linear(2, 2, hasBias: false);

        internal Net()
            : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            using Tensor features = bn.call(conv.call(input)).flatten(1);
            return (_renamed.call(body.call(features)) * scale) + offset;
        }
    }

    [SuppressMessage("Style", "IDE1006", Justification = "A field's name is the name of its component, which is what is tested.")]
    private sealed class Holder : nn.Module
    {
        private readonly ModuleList<Linear> list = nn.ModuleList(nn.Linear(1, 1, hasBias: false), nn.Linear(1, 1, hasBias: false));
        private readonly ModuleDict<Linear> dict = nn.ModuleDict(("left", nn.Linear(1, 1, hasBias: false)));

        internal Holder()
            : base(nameof(Holder)) => RegisterComponents();

        internal int Count => list.Count + dict.Count;
    }
}
