namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>
/// Pickle's stack machine, reduced to what dictionaries of tensors need. An operation builds a container, names something of
/// <see cref="TorchGlobals"/> or calls it; there is no operation that could reach anything else. Work and memory are bounded by the
/// pickle's length: nothing is copied but by reference, and the memo grows by one place per operation.
/// </summary>
internal sealed class PickleMachine
{
    private const int NewestProtocol = 5;

    private readonly PickleInput _input;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly List<object?> _memo = [];

    private PickleMachine(PickleInput input) => _input = input;

    /// <summary>Reads a pickle.</summary>
    /// <param name="pickle">Its bytes.</param>
    /// <param name="where">The file and record, for messages.</param>
    /// <returns>
    /// What it holds: <see cref="PickleDictionary"/>, <see cref="TorchTensor"/>, lists, arrays for tuples, text, <see cref="long"/>,
    /// <see cref="double"/>, <see cref="bool"/> or null.
    /// </returns>
    /// <exception cref="InvalidDataException">It is damaged, or holds more than tensors: the message says where and what.</exception>
    public static object? Read(ReadOnlyMemory<byte> pickle, string where)
    {
        var input = new PickleInput(pickle);
        try
        {
            return new PickleMachine(input).Run();
        }
        catch (PickleFormatException error)
        {
            throw new InvalidDataException($"{where}: before byte {input.Position} of {pickle.Length}: {error.Message}.", error);
        }
    }

    private object? Run()
    {
        while (true)
        {
            var operation = (PickleOpcode)_input.ReadByte();
            if (operation == PickleOpcode.Stop)
                return Pop();
            Execute(operation);
        }
    }

    private void Execute(PickleOpcode operation)
    {
        switch (operation)
        {
            case PickleOpcode.Protocol:
                CheckProtocol(_input.ReadByte());
                break;
            case PickleOpcode.Frame:
                _input.ReadUInt64();
                break;
            case PickleOpcode.Mark:
                _marks.Add(_stack.Count);
                break;
            case PickleOpcode.Pop:
                Pop();
                break;
            case PickleOpcode.PopMark:
                PopMark();
                break;
            case PickleOpcode.BinPut:
                Memoize(_input.ReadByte());
                break;
            case PickleOpcode.LongBinPut:
                Memoize(_input.ReadUInt32());
                break;
            case PickleOpcode.Memoize:
                Memoize((uint)_memo.Count);
                break;
            case PickleOpcode.Append:
                object? item = Pop();
                Peek<List<object?>>("a list").Add(item);
                break;
            case PickleOpcode.Appends:
                object?[] items = PopMark();
                Peek<List<object?>>("a list").AddRange(items);
                break;
            case PickleOpcode.SetItem:
                (object? value, object? key) = (Pop(), Pop());
                Peek<PickleDictionary>("a dictionary").Items.Add((key, value));
                break;
            case PickleOpcode.SetItems:
                SetItems(PopMark());
                break;
            case PickleOpcode.Build:
                // An object's further attributes, such as the layers' versions that a state dict carries: of no use here.
                Pop();
                Peek<PickleDictionary>("a dictionary");
                break;
            default:
                _stack.Add(Value(operation));
                break;
        }
    }

    private object? Value(PickleOpcode operation) => operation switch
    {
        PickleOpcode.None => null,
        PickleOpcode.True => true,
        PickleOpcode.False => false,
        PickleOpcode.BinInt => (long)_input.ReadInt32(),
        PickleOpcode.BinInt1 => (long)_input.ReadByte(),
        PickleOpcode.BinInt2 => (long)_input.ReadUInt16(),
        PickleOpcode.Long1 => _input.ReadLong(),
        PickleOpcode.BinFloat => _input.ReadDouble(),
        PickleOpcode.ShortBinUnicode => _input.ReadText(_input.ReadByte()),
        PickleOpcode.BinUnicode => _input.ReadText(_input.ReadUInt32()),
        PickleOpcode.BinUnicode8 => _input.ReadText(_input.ReadUInt64()),
        PickleOpcode.ShortBinBytes => Bytes(_input.ReadByte()),
        PickleOpcode.BinBytes => Bytes(_input.ReadUInt32()),
        PickleOpcode.BinBytes8 => Bytes(_input.ReadUInt64()),
        PickleOpcode.EmptyTuple => Array.Empty<object?>(),
        PickleOpcode.Tuple1 => PopTuple(1),
        PickleOpcode.Tuple2 => PopTuple(2),
        PickleOpcode.Tuple3 => PopTuple(3),
        PickleOpcode.Tuple => PopMark(),
        PickleOpcode.EmptyList => new List<object?>(),
        PickleOpcode.EmptyDictionary => new PickleDictionary(),
        PickleOpcode.BinGet => Remembered(_input.ReadByte()),
        PickleOpcode.LongBinGet => Remembered(_input.ReadUInt32()),
        PickleOpcode.Global => TorchGlobals.Find(_input.ReadLine(), _input.ReadLine()),
        PickleOpcode.StackGlobal => StackGlobal(),
        PickleOpcode.Reduce => Reduce(),
        PickleOpcode.BinPersistentId => TorchStorage.FromReference(Pop()),
        _ => throw new PickleFormatException(
            $"the operation 0x{(byte)operation:x2}, which files of tensors do not need; the file is damaged or holds something else"),
    };

    private static void CheckProtocol(byte protocol)
    {
        if (protocol is < 2 or > NewestProtocol)
            throw new PickleFormatException($"pickle protocol {protocol}; expected 2 to {NewestProtocol}");
    }

    // Text of another kind, which no tensor needs.
    private object? Bytes(ulong count)
    {
        _input.Skip(count);
        return null;
    }

    private PickleGlobal StackGlobal()
    {
        object? name = Pop();
        return Pop() is string module && name is string text
            ? TorchGlobals.Find(module, text)
            : throw new PickleFormatException("a name that is not text");
    }

    private object? Reduce()
    {
        object? arguments = Pop();
        return Pop() is PickleGlobal { Call: { } call } && arguments is object?[] list
            ? call(list)
            : throw new PickleFormatException("a call of something that cannot be called");
    }

    private void SetItems(object?[] items)
    {
        if (items.Length % 2 != 0)
            throw new PickleFormatException("a dictionary's key without a value");
        List<(object? Key, object? Value)> target = Peek<PickleDictionary>("a dictionary").Items;
        for (int i = 0; i < items.Length; i += 2)
            target.Add((items[i], items[i + 1]));
    }

    // Python counts the places up from 0, so a place further on is not one that a writer made.
    private void Memoize(uint place)
    {
        object? top = Pop();
        _stack.Add(top);
        if (place > _memo.Count)
            throw new PickleFormatException($"memo place {place}; expected at most {_memo.Count}");
        if (place == _memo.Count)
            _memo.Add(top);
        else
            _memo[(int)place] = top;
    }

    private object? Remembered(uint place) => place < _memo.Count
        ? _memo[(int)place]
        : throw new PickleFormatException($"memo place {place}, where nothing was put");

    private T Peek<T>(string what)
        where T : class => _stack.Count > Floor && _stack[^1] is T top
            ? top
            : throw new PickleFormatException($"an item without {what} to put it into");

    private object? Pop()
    {
        if (_stack.Count <= Floor)
            throw new PickleFormatException("an operation without what it works on");
        object? top = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private object?[] PopTuple(int count)
    {
        if (_stack.Count - count < Floor)
            throw new PickleFormatException($"a tuple of {count} without its items");
        return PopFrom(_stack.Count - count);
    }

    private object?[] PopMark()
    {
        if (_marks.Count == 0)
            throw new PickleFormatException("the end of a list that did not begin");
        int start = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return PopFrom(start);
    }

    private object?[] PopFrom(int start)
    {
        var items = new object?[_stack.Count - start];
        _stack.CopyTo(start, items, 0, items.Length);
        _stack.RemoveRange(start, items.Length);
        return items;
    }

    // What lies below the last mark belongs to another list.
    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];
}
