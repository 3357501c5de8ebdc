namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something that can be called with one argument.</summary>
        /// <typeparam name="T">The type of an argument.</typeparam>
        /// <typeparam name="TResult">The type of the result.</typeparam>
        public interface IModule<T, TResult>
        {
            /// <summary>Runs hooks and forward.</summary>
            TResult call(T input1);
        }

        /// <summary>A module of one argument.</summary>
        /// <typeparam name="T">The type of an argument.</typeparam>
        /// <typeparam name="TResult">The type of the result.</typeparam>
        public abstract class Module<T, TResult> :
            HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>,
            IModule<T, TResult>
        {
            /// <summary>Makes a module.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>Computes the result, without hooks; use <see cref="call"/>.</summary>
            public abstract TResult forward(T input);

            /// <summary>Runs the hooks before, forward, and the hooks after.</summary>
            public TResult call(T input)
            {
                Run(ModulePreHooks);
                foreach (Func<Module<T, TResult>, T, T> hook in PreHooks)
                {
                    if (hook(this, input) is { } changed) input = changed;
                }

                TResult result = forward(input);
                foreach (Func<Module<T, TResult>, T, TResult, TResult> hook in PostHooks)
                {
                    if (hook(this, input, result) is { } changed) result = changed;
                }

                Run(ModulePostHooks);
                return result;
            }
        }
    }
}
