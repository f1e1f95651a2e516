//! Layers: made by one, agreed to by another, and waiting again once they change.

use safehold_app::{
    desk::{
        DeskError, Reader,
        export::{self, LayerError, LayerState, MakeError, documents::Layer},
    },
    trace,
};
use safehold_core::{id::EventId, trace::Traced};
use safehold_testkit::app::TestApp;

use super::{agreed, case, enter, everywhere, layer, layers, wanted, without_quentin, write};
use crate::{database::notices, on_both};

on_both![
    a_layer_is_used_once_a_second_person_agreed,
    a_layer_that_changed_waits_again_and_what_changed_meanwhile_is_not_overwritten,
    a_layer_says_why_and_takes_something_out,
];

async fn a_layer_is_used_once_a_second_person_agreed(mut test: TestApp) {
    let ([lead, alternate, ..], case) = case(&mut test).await;
    let told_before = notices(&test, alternate.id, "check_asked").await;
    let layer = export::put_layer(&test.app, &lead, case, None, without_quentin())
        .await
        .unwrap();
    assert_eq!(notices(&test, alternate.id, "check_asked").await, told_before + 1);
    assert_eq!(layers(&test, &lead, case).await, [(1, LayerState::Waiting)]);
    let early = export::make(
        &test.app,
        &enter(&test, &lead).await,
        case,
        wanted("For us", vec![layer]),
        write,
    )
    .await;
    assert!(matches!(early, Err(MakeError::Layer)), "{early:?}");

    let own = export::check_layer(&test.app, &lead, case, (layer, 1), true, String::new()).await;
    assert!(matches!(own, Err(LayerError::Own)), "{own:?}");
    let silent = export::check_layer(&test.app, &alternate, case, (layer, 1), false, " ".into()).await;
    assert!(matches!(silent, Err(LayerError::Why)), "{silent:?}");
    export::check_layer(&test.app, &alternate, case, (layer, 1), true, "Enough.".into())
        .await
        .unwrap();
    let (version, state) = layers(&test, &lead, case).await.remove(0);
    assert_eq!(version, 1);
    assert!(matches!(state, LayerState::Agreed { by: Some(by), .. } if by == "Tunde Ashgrove"));
    let twice = export::check_layer(&test.app, &alternate, case, (layer, 1), true, String::new()).await;
    assert!(matches!(twice, Err(LayerError::NotWaiting)), "{twice:?}");
    // The work itself leaves a trace, and says nothing of what is left out.
    let traced = trace::of_case(&test.app, &lead, case).await.unwrap();
    let entered = traced.iter().filter(|entry| entry.what == Traced::Entered);
    assert_eq!(entered.count(), 2);
}

async fn a_layer_that_changed_waits_again_and_what_changed_meanwhile_is_not_overwritten(mut test: TestApp) {
    let ([lead, alternate, ..], case) = case(&mut test).await;
    let layer = agreed(&test, case, &lead, &alternate, without_quentin()).await;
    let put = async |by: &Reader, seen: u32| {
        test.tick();
        export::put_layer(&test.app, by, case, Some((layer, seen)), without_quentin()).await
    };
    assert_eq!(put(&alternate, 1).await.unwrap(), layer);
    assert_eq!(layers(&test, &lead, case).await, [(2, LayerState::Waiting)]);
    let made = export::make(
        &test.app,
        &enter(&test, &lead).await,
        case,
        wanted("For us", vec![layer]),
        write,
    )
    .await;
    assert!(matches!(made, Err(MakeError::Layer)), "{made:?}");
    let late = put(&lead, 1).await;
    assert!(
        matches!(late, Err(LayerError::Desk(DeskError::Changed))),
        "{late:?}"
    );
    let old = export::check_layer(&test.app, &lead, case, (layer, 1), true, String::new()).await;
    assert!(
        matches!(old, Err(LayerError::Desk(DeskError::Changed))),
        "{old:?}"
    );

    // The alternate made the change, so the lead may agree to it; sent back, both had a hand in what comes next.
    let own = export::check_layer(&test.app, &alternate, case, (layer, 2), true, String::new()).await;
    assert!(matches!(own, Err(LayerError::Own)), "{own:?}");
    test.tick();
    export::check_layer(&test.app, &lead, case, (layer, 2), false, "Too much.".into())
        .await
        .unwrap();
    let (_, state) = layers(&test, &lead, case).await.remove(0);
    assert!(matches!(state, LayerState::SentBack { why, .. } if why == "Too much."));
    put(&lead, 2).await.unwrap();
    test.tick();
    for both in [&lead, &alternate] {
        let own = export::check_layer(&test.app, both, case, (layer, 3), true, String::new()).await;
        assert!(matches!(own, Err(LayerError::Own)), "{own:?}");
    }
}

async fn a_layer_says_why_and_takes_something_out(mut test: TestApp) {
    let ([lead, ..], case) = case(&mut test).await;
    let good = without_quentin();
    let named = |name: String| Layer { name, ..good.clone() };
    let because = |why: String| Layer { why, ..good.clone() };
    for (content, wanted) in [
        (named(" ".to_owned()), "Name"),
        (named("x".repeat(201)), "Name"),
        (because(String::new()), "Why"),
        (because("x".repeat(20_001)), "Why"),
        (layer(Vec::new()), "Nothing"),
        (layer(vec![everywhere("x"); 5_001]), "TooMuch"),
    ] {
        let refused = export::put_layer(&test.app, &lead, case, None, content).await;
        assert_eq!(format!("{:?}", refused.unwrap_err()), wanted);
    }
    let unknown = EventId::from_random([7; 16]);
    let refused = export::put_layer(&test.app, &lead, case, Some((unknown, 1)), good.clone()).await;
    assert!(
        matches!(refused, Err(LayerError::Desk(DeskError::NotFound))),
        "{refused:?}"
    );
    assert!(layers(&test, &lead, case).await.is_empty());
}
