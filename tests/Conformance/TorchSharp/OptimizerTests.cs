using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Conformance.TorchSharp.Tests;

// Expected values follow the formulas of the PyTorch documentation, computed here in double precision.
public sealed class OptimizerTests
{
    private static readonly double[] Gradients = [0.5, -1.0, 0.25, 2.0];

    [Theory]
    [InlineData(0.0, 0.0, 0.0, false)]
    [InlineData(0.9, 0.0, 0.0, false)]
    [InlineData(0.9, 0.0, 0.01, false)]
    [InlineData(0.9, 0.5, 0.01, false)]
    [InlineData(0.9, 0.0, 0.01, true)]
    public void Sgd_FourSteps_FollowsTheFormula(double momentum, double dampening, double decay, bool nesterov)
    {
        using Parameter parameter = nn.Parameter(tensor([1.0f, -2.0f]));
        using SGD optimizer = optim.SGD([parameter], 0.1, momentum, dampening, decay, nesterov);
        double p = 1.0, v = 0;
        for (int step = 0; step < Gradients.Length; step++)
        {
            parameter.grad = tensor([(float)Gradients[step], 0f]);
            optimizer.step();

            double g = Gradients[step] + (decay * p);
            v = step == 0 ? g : (momentum * v) + ((1 - dampening) * g);
            p -= 0.1 * (momentum == 0 ? g : nesterov ? g + (momentum * v) : v);
            Assert.Equal(p, parameter.detach().data<float>()[0], 1e-6);
        }
    }

    [Fact]
    public void Sgd_NotContiguousOrDouble_GivesTheSameAsContiguous()
    {
        manual_seed(3);
        using Tensor values = randn([6, 4]), gradient = randn([6, 4]);
        using Parameter plain = nn.Parameter(values.clone());
        using Parameter strided = nn.Parameter(values.t().contiguous().t());
        using Parameter wide = nn.Parameter(values.to(ScalarType.Float64));
        using SGD optimizer = optim.SGD([plain, strided, wide], 0.1, momentum: 0.9, weight_decay: 0.01);
        for (int step = 0; step < 3; step++)
        {
            plain.grad = gradient;
            strided.grad = gradient;
            wide.grad = gradient.to(ScalarType.Float64);
            optimizer.step();
        }

        Assert.True(plain.allclose(strided));
        Assert.True(plain.allclose(wide.to(ScalarType.Float32)));
    }

    [Theory]
    [InlineData(false, 0.0)]
    [InlineData(false, 0.01)]
    [InlineData(true, 0.01)]
    public void Adam_FourSteps_FollowsTheFormula(bool decoupled, double decay)
    {
        using Parameter parameter = nn.Parameter(tensor([1.0f]));
        using OptimizerHelper optimizer = decoupled
            ? optim.AdamW([parameter], 0.1, weight_decay: decay)
            : optim.Adam([parameter], 0.1, weight_decay: decay);
        double p = 1.0, m = 0, v = 0;
        for (int step = 1; step <= Gradients.Length; step++)
        {
            parameter.grad = tensor([(float)Gradients[step - 1]]);
            optimizer.step();

            double g = Gradients[step - 1] + (decoupled ? 0 : decay * p);
            if (decoupled) p *= 1 - (0.1 * decay);
            m = (0.9 * m) + (0.1 * g);
            v = (0.999 * v) + (0.001 * g * g);
            p -= 0.1 * (m / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, step))) + 1e-8);
            Assert.Equal(p, parameter.detach().data<float>()[0], 1e-5);
        }
    }

    [Fact]
    public void Step_ParameterWithoutGradient_StaysAsItIs()
    {
        using Parameter trained = nn.Parameter(ones([2])), frozen = nn.Parameter(ones([2]));
        using SGD optimizer = optim.SGD([trained, frozen], 1.0, momentum: 0.9);
        trained.grad = ones([2]);

        optimizer.step();

        Assert.Equal([0f, 0f], trained.detach().data<float>().ToArray());
        Assert.Equal([1f, 1f], frozen.detach().data<float>().ToArray());
    }

    [Fact]
    public void StateDict_SavedAndLoaded_ContinuesBitForBit()
    {
        using Parameter first = nn.Parameter(ones([8])), second = nn.Parameter(ones([8]));
        using SGD original = optim.SGD([first], 0.1, momentum: 0.9, weight_decay: 0.01);
        using SGD copy = optim.SGD([second], 0.5);
        Train(first, original, 3);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) original.save_state_dict(writer);
        using (no_grad()) second.copy_(first);

        stream.Position = 0;
        using (var reader = new BinaryReader(stream)) copy.load_state_dict(reader);
        Train(first, original, 3);
        Train(second, copy, 3);

        Assert.True(first.Equals(second));
        Assert.Equal(0.1, Assert.Single(copy.ParamGroups).LearningRate);
    }

    [Fact]
    public void ParamGroups_OwnOptions_AreUsed()
    {
        using Parameter slow = nn.Parameter(ones([1])), fast = nn.Parameter(ones([1]));
        using SGD optimizer = optim.SGD([new SGD.ParamGroup([slow], lr: 0.1), new SGD.ParamGroup([fast], lr: 0.5)], 1.0);
        slow.grad = ones([1]);
        fast.grad = ones([1]);

        optimizer.step();
        foreach (optim.ILearningRateController group in optimizer.ParamGroups) group.LearningRate = 0;
        optimizer.step();

        Assert.Equal(0.9f, slow.item<float>(), 1e-6f);
        Assert.Equal(0.5f, fast.item<float>(), 1e-6f);
    }

    [Fact]
    public void ZeroGrad_Optimizer_SetsGradientsToZero()
    {
        using Parameter parameter = nn.Parameter(ones([2]));
        using SGD optimizer = optim.SGD([parameter], 0.1);
        parameter.grad = ones([2]);

        optimizer.zero_grad();

        Assert.Equal([0f, 0f], parameter.grad!.data<float>().ToArray());
    }

    [Fact]
    public void ClipGradNorm_TooLong_ScalesAllTogether()
    {
        using Parameter a = nn.Parameter(zeros([1])), b = nn.Parameter(zeros([1]));
        a.grad = tensor([3f]);
        b.grad = tensor([4f]);

        double before = nn.utils.clip_grad_norm_([a, b], 1.0);

        Assert.Equal(5.0, before, 1e-6);
        Assert.Equal(0.6f, a.grad!.item<float>(), 1e-5f);
        Assert.Equal(0.8f, b.grad!.item<float>(), 1e-5f);
    }

    [Fact]
    public void ParametersToVector_AndBack_KeepsOrderAndShapes()
    {
        using Parameter a = nn.Parameter(tensor([1f, 2, 3, 4], [2, 2])), b = nn.Parameter(tensor([5f]));

        using Tensor vector = nn.utils.parameters_to_vector([a, b]);
        Assert.Equal([1f, 2, 3, 4, 5], vector.data<float>().ToArray());

        nn.utils.vector_to_parameters(vector * 2, [a, b]);
        Assert.Equal([2f, 4, 6, 8], a.detach().data<float>().ToArray());
        Assert.Equal([10f], b.detach().data<float>().ToArray());
    }

    private static void Train(Parameter parameter, SGD optimizer, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            parameter.grad = arange(8, dtype: ScalarType.Float32);
            optimizer.step();
        }
    }
}
