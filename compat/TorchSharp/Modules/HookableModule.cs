namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose call can be observed and changed.</summary>
        /// <typeparam name="TPreHook">The type of hooks that see the input.</typeparam>
        /// <typeparam name="TPostHook">The type of hooks that see the result.</typeparam>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            // Replaced as a whole on every change: a hook may remove itself while it runs, and a call without hooks costs one comparison.
            private protected TPreHook[] PreHooks = [];
            private protected TPostHook[] PostHooks = [];
            private protected Action<Module>[] ModulePreHooks = [];
            private protected Action<Module>[] ModulePostHooks = [];

            /// <summary>Makes a module.</summary>
            protected HookableModule(string name)
                : base(name)
            {
            }

            /// <summary>Adds a hook that runs after forward, in the order of registration; a result that is not null replaces the module's.</summary>
            public HookRemover register_forward_hook(TPostHook hook)
            {
                PostHooks = [.. PostHooks, hook];
                return new HookRemover(() => PostHooks = Without(PostHooks, hook));
            }

            /// <summary>Adds a hook that runs before forward; a result that is not null replaces the input.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook)
            {
                PreHooks = [.. PreHooks, hook];
                return new HookRemover(() => PreHooks = Without(PreHooks, hook));
            }

            /// <summary>Adds a hook that runs after forward and all other hooks.</summary>
            public HookRemover register_forward_hook(Action<Module> hook)
            {
                ModulePostHooks = [.. ModulePostHooks, hook];
                return new HookRemover(() => ModulePostHooks = Without(ModulePostHooks, hook));
            }

            /// <summary>Adds a hook that runs before all others.</summary>
            public HookRemover register_forward_pre_hook(Action<Module> hook)
            {
                ModulePreHooks = [.. ModulePreHooks, hook];
                return new HookRemover(() => ModulePreHooks = Without(ModulePreHooks, hook));
            }

            private protected void Run(Action<Module>[] hooks)
            {
                foreach (Action<Module> hook in hooks) hook(this);
            }

            private static T[] Without<T>(T[] hooks, T hook)
            {
                int place = Array.FindIndex(hooks, other => ReferenceEquals(other, hook));
                return place < 0 ? hooks : [.. hooks[..place], .. hooks[(place + 1)..]];
            }

            /// <summary>Takes a hook away again.</summary>
            public class HookRemover
            {
                private Action? _remove;

                internal HookRemover(Action remove) => _remove = remove;

                /// <summary>Takes the hook away; a second call does nothing.</summary>
                public void remove()
                {
                    _remove?.Invoke();
                    _remove = null;
                }
            }
        }
    }
}
